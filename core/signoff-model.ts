// Signing off a pack: in which role, and what somebody puts their name under. Read by the page, the command line and the
// engine alike.

export const signRoles = ['preparer', 'reviewer', 'approver'] as const;
export type SignRole = (typeof signRoles)[number];

/** What is signed unless somebody says it in other words. */
export const usualStatement = 'Complete and accurate to my knowledge, exceptions as listed.';

/** What a person says when they sign off. `override` is the reason why preparer and approver may be one person. */
export type NewSignOff = {
  role: SignRole;
  name: string;
  /** Their function; may be empty. */
  title: string;
  statement: string;
  override: string | null;
};

/** A sign-off as it lies in a pack. Hashes are hex. */
export type SignOff = NewSignOff & {
  form: 'exhibit-signoff@v1';
  /** From 1, in the order in which they were given. */
  number: number;
  pack: string;
  /** ISO 8601, UTC, by the clock of the computer. */
  at: string;
  /** Of the computer. */
  account: string;
  /** The log's checkpoint and the manifest of all data files: what was signed off. */
  logSize: number;
  logRoot: string | null;
  manifestSha256: string;
  /** SHA-256 of the file of the sign-off before; null for the first. */
  previous: string | null;
  /** `key`: the workspace's key signed it, in a signed pack. `statement`: a name and a sentence alone. */
  method: 'key' | 'statement';
  keyFingerprint: string | null;
};

const fold = (name: string): string => name.trim().toLowerCase();

/** Whether two names are written alike, but for case and white space around them. */
export const isSameName = (a: string, b: string): boolean => fold(a) === fold(b);
