// What can be added to a finished pack beside a sign-off: a person's signature on its report and time stamps of outside
// authorities. Read by the page, the command line and the engine alike.

/** What a certificate says: whose it is, by whom, and its first and last day (UTC). */
export type Holder = { subject: string; issuer: string; from: string; to: string };

/** A certificate in a file that a person chose; `problem` is why nothing can be signed with it now. */
export type CertificateFound = Holder & { problem: string | null };

/** A signed report: whose certificate, when by this computer's clock, and whether it took an earlier one's place. */
export type PdfSignature = Holder & { pack: string; file: string; at: string; replaced: boolean };

/** A time stamp: its number in the pack, the authority's time, and the SHA-256 that was stamped, in hex. */
export type TimeStamp = { number: number; time: string; sha256: string; pack: string };

/** What a pack has of them now. What is wrong with one is said as `fault`; whether a signature holds, verification says. */
export type Additions = {
  report: (Holder & { at: string; fault: null }) | { fault: string } | null;
  stamps: { number: number; time: string; fault: string | null }[];
};

/** The name of the secret that opens the file of a certificate which a person chose: held while its form is open, never kept. */
export const passwordOf = (certificate: string): string => `certificate:${certificate}`;
