// The sections of a pack's report that an officer may leave out, with the tables that go with them. All others are always
// there: what was asked, of which sources, how complete it is, what was tested, and how to check it.

export const optionalSections = ['events', 'access', 'changes', 'sessions', 'reviews'] as const;
export type PackSection = (typeof optionalSections)[number];

/** Number and title of each in the report, and the tables of answers that are left out with it. */
export const sectionNames: Record<PackSection, { no: string; title: string; tables: readonly string[] }> = {
  events: { no: '5', title: 'events, listed by area', tables: [] },
  access: { no: '5a', title: 'access rights', tables: ['R-01', 'R-02', 'R-12'] },
  changes: { no: '5e', title: 'values then and now', tables: ['R-03'] },
  sessions: { no: '5f and 5h', title: 'sign-ins and sessions', tables: ['R-04', 'R-05'] },
  reviews: { no: '7', title: 'user access review', tables: ['R-09'] },
};

/** `5a access rights (R-01, R-02)`, as the report, the recipe in words and the command line name a section. */
export function describeSection(section: PackSection): string {
  const { no, title, tables } = sectionNames[section];
  return `${no} ${title}${tables.length === 0 ? '' : ` (${tables.join(', ')})`}`;
}

/** Tables of answers that a pack without these sections does not have. */
export function tablesWithout(leftOut: readonly PackSection[]): ReadonlySet<string> {
  return new Set(leftOut.flatMap((section) => sectionNames[section].tables));
}
