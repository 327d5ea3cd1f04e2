// Which category each event name of a mapping in the making gets: what a person chose, else what is proposed because
// the name is telling, else nothing. Pure, because the page edits with it.

import type { Category } from '#core/model.ts';
import type { ActionRule, Preset } from './form.ts';
import { normaliseName } from './normal-name.ts';

/** What the values of an access event mean: rights before and after, one added, one or all removed, a new owner. */
export type AccessMeaning = NonNullable<ActionRule['access']>;
export type EventRule = { category: Category; access: AccessMeaning | null };
export type ProposedRule = EventRule & {
  /** The parts of the name that led to it. */
  words: string[];
};

/** An event name found in a file. */
export type EventName = {
  name: string;
  count: number;
  /** Whether some of its records have an old or a new value. */
  hasValues: boolean;
  /** Whether some of its records name what it is about. */
  hasTarget: boolean;
  /** What the rules of the preset make of it; empty where none knows it. */
  categories: Category[];
};

/** Rules by event name. */
export type EventRules = ReadonlyMap<string, EventRule>;

/** Categories whose events can say something of rights. */
export const accessCategories: readonly Category[] = ['access.granted', 'access.changed', 'access.owner'];

const grants =
  'grant(s|ed)?|add(s|ed)?|assign(s|ed)?|allow(s|ed)?|give[ns]?|gave|invite[ds]?|attach(ed)?|join(ed)?';
const revokes =
  'revoke[ds]?|remove[ds]?|unassign(s|ed)?|withdr[ae]wn?|delete[ds]?|detach(ed)?|leave|left|expire[ds]?';
const changes = 'change[ds]?|update[ds]?|set|modif(y|ied|ies)|edit(s|ed)?';
const rights = 'roles?|permissions?|access|privileges?|rights?|member(ship)?s?|groups?|admin';
/** What says that it did not come to it, or that it was only looked at. */
const notDone =
  'fail(s|ed|ures?|ing)?|could(n t| not)|can(not| not| t)|unable|unsuccessful|den(y|ied)|reject(s|ed|ion)?|refused?|' +
  'invalid|error|attempt(s|ed)?|tried|pending|cancell?ed|aborted|^(list|get|describe|check|search|export|show|query)';
const signIn = 'log ?ins?|logged in|log ?ons?|logged on|sign ?ins?|signed in|authenticat\\w*';

/** From the most telling to the least: every expression of a line must be found among the words of a name. */
const telling: [category: Category, access: AccessMeaning | null, ...found: string[]][] = [
  ['auth.failure', null, signIn, 'fail(s|ed|ures?)?|denied|invalid|refused|rejected|unsuccessful|locked'],
  ['auth.failure', null, '(access|permission) denied|unauthori[sz]ed'],
  ['auth.policy', null, '(mfa|2fa|two factor|sso|saml|passkeys?|password policy)'],
  ['auth.success', null, `${signIn}|log ?outs?|logged out|sign ?outs?|signed out`],
  ['access.privileged_use', null, 'impersonat\\w*|sudo|elevat\\w*|assume[ds]? role|break glass'],
  ['access.owner', 'owner', 'owner(ship)?', `transfer\\w*|${changes}`],
  ['access.request', null, 'access requests?'],
  ['access.request', null, `${rights}|${grants}`, 'requests?|requested|requesting'],
  ['access.review', null, 'access reviews?|recertif\\w*'],
  [
    'credential',
    null,
    'passwords?|passphrases?|tokens?|secrets?|api ?keys?|ssh ?keys?|certificates?|credentials?',
  ],
  ['access.granted', 'add', rights, grants],
  ['access.changed', 'remove', rights, revokes],
  ['access.changed', 'set', rights, changes],
  ['access.granted', 'add', 'grant(s|ed)?'],
  ['access.changed', 'remove', 'revoke[ds]?'],
  [
    'account.created',
    null,
    'users?|accounts?|identit(y|ies)',
    'create[ds]?|creation|add(s|ed)?|new|invite[ds]?|register(ed)?|provision(ed)?',
  ],
  [
    'account.removed',
    null,
    'users?|accounts?|identit(y|ies)',
    'delete[ds]?|deletion|remove[ds]?|removal|deactivat\\w*|disable[ds]?|suspend(ed)?|deprovision(ed)?',
  ],
  ['vulnerability', null, 'vulnerabilit(y|ies)|cves?'],
  ['malware', null, 'malware|virus(es)?|ransomware|quarantine[ds]?'],
  ['incident', null, 'incidents?'],
  ['alerting', null, 'alerts?|alarms?'],
  ['backup', null, 'back ?ups?|backed up|restore[ds]?|snapshots?'],
  ['clock', null, 'ntp|clock|time (set|changed|sync\\w*)'],
  ['audit.access', null, 'audit( log)?s?', 'view(ed)?|export(ed)?|read|download(ed)?'],
  ['logging', null, 'logging|audit( log)?s?|log level'],
  ['code_review', null, 'pull requests?|merge requests?|reviews?|approv\\w*'],
  ['repository', null, 'repos?|repositor(y|ies)|branch(es)?|commits?|push(ed)?|merge[ds]?'],
  ['deployment', null, 'deploy\\w*|releases?|released|roll ?outs?|rolled out|rollbacks?'],
  ['maintenance', null, 'reboot(s|ed)?|restart(s|ed)?|maintenance|upgrade[ds]?|firmware|patch(es|ed)?'],
  ['remote_access', null, 'vpn|ssh|remote|tunnels?|rdp|terminal|shell'],
  ['network.exposure', null, 'firewalls?|ports?|dns|routes?|ingress|public (ip|access)|security groups?'],
  ['integration', null, 'webhooks?|integrations?|plugins?|apps? (installed|added|removed)|connectors?'],
  ['sharing', null, 'shar(e[ds]?|ing)|public links?'],
  ['data.download', null, 'downloads?|downloaded|exports?|exported'],
  ['billing', null, 'billing|invoices?|payments?|subscriptions?|plan (changed|upgraded)'],
  [
    'asset.lifecycle',
    null,
    'devices?|assets?|hosts?|nodes?|machines?|servers?|sensors?',
    'create[ds]?|add(s|ed)?|register(ed)?|enrol(l|led|ed)?|delete[ds]?|remove[ds]?|decommission(ed)?|retire[ds]?',
  ],
  [
    'config.changed',
    null,
    'config\\w*|settings?|parameters?|options?|polic(y|ies)|preferences?|rules?|thresholds?',
  ],
];

const among = (words: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'u');
const expressions = telling.map(([category, access, ...found]) => ({
  category,
  access,
  // What was only tried gives nobody a right and makes no account.
  isDone: access !== null || category.startsWith('account.'),
  found: found.map(among),
}));
const undone = among(notDone);

/** A category for an event name, where the name is telling; null where it is not. */
export function proposeRule(name: string): ProposedRule | null {
  const words = wordsOf(name);
  const isUndone = undone.test(words);
  for (const { category, access, isDone, found } of expressions) {
    if (isDone && isUndone) continue;
    const matches = found.flatMap((expression) => expression.exec(words)?.[0] ?? []);
    if (matches.length === found.length) return { category, access, words: matches };
  }
  return null;
}

/** The rule of a name that the preset itself leaves open: chosen, else proposed; null where there is none. */
export function ruleOf(event: EventName, chosen: EventRules): EventRule | null {
  const picked = chosen.get(event.name);
  if (picked) return picked;
  const proposed = event.categories.length > 0 ? null : proposeRule(event.name);
  // Rights on nothing by name would be one person's rights on everything.
  return proposed && !event.hasTarget ? { ...proposed, access: null } : proposed;
}

/** The preset with the rules of these names before its own. */
export function withEventRules(preset: Preset, names: readonly EventName[], chosen: EventRules): Preset {
  const actions = names.flatMap((event) => {
    const rule = ruleOf(event, chosen);
    return rule ? [actionRule(event, rule)] : [];
  });
  if (actions.length === 0) return preset;
  const named = new Set(actions.flatMap((rule) => (rule.names ?? []).map(normaliseName)));
  // One that was made here before is replaced, not kept below.
  const others = preset.actions.filter(
    ({ names = [], events, match, target }) =>
      events !== undefined ||
      match !== undefined ||
      target !== undefined ||
      !names.every((name) => named.has(normaliseName(name))),
  );
  const blindSpots = preset.blindSpots.filter((spot) => spot !== noCategory);
  return { ...preset, blindSpots, actions: [...actions, ...others] };
}

/** What a mapping without any rule cannot tell. */
export const noCategory = 'No event has a category.';

function actionRule({ name, hasValues }: EventName, { category, access }: EventRule): ActionRule {
  return {
    names: [name],
    category,
    ...(access ? { access } : {}),
    // What the record says of failing is a fact, whatever its name.
    ...(category === 'auth.success' ? { failureCategory: 'auth.failure' as const } : {}),
    // Values of no rights are old and new values of something: without a field no change would be seen.
    ...(hasValues && !access ? { changes: true } : {}),
  };
}

function wordsOf(name: string): string {
  return name
    .slice(0, 200)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
