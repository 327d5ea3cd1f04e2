// The calls of somebody who opens a pack without its workspace, and of request lists: a part of the contract. No path is
// ever named: packs and lists are behind grants.

import { z } from 'zod';
import type { AuditPack, PackRows } from './audit-model.ts';
import { command, gives, job, query } from './calls.ts';
import type { VerifyReport } from './model.ts';
import { said } from './request-inputs.ts';
import { parties, type RequestList } from './request-model.ts';
import { grant } from './review-inputs.ts';

const pack = z.strictObject({ pack: grant });
const inPack = z.string().min(1).max(1000);
/** A list that was chosen itself, or one by its name in a chosen folder. */
const place = z.strictObject({
  grant,
  name: z
    .string()
    .regex(/^[^/\\]{1,200}\.requests\.json$/)
    .nullable(),
});

export const auditCalls = {
  /** What the pack behind a grant, a folder or a ZIP file, says of itself; nothing of it is checked. */
  'audit.open': query(pack, gives<AuditPack>()),
  /** Checks it as a stranger would; `known` is a public key that the auditor has from elsewhere. */
  'audit.verify': job(pack.extend({ known: z.string().max(500).nullable() }), gives<VerifyReport>()),
  /** Rows of one of its tables; long cells are cut. `listed` is the number of rows that the pack says. */
  'audit.rows': query(
    pack.extend({
      file: inPack,
      listed: z.int().min(0).nullable(),
      first: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    gives<PackRows>(),
  ),
  /** One row with its cells as long as they are, up to 100,000 characters each. */
  'audit.row': query(
    pack.extend({ file: inPack, index: z.int().min(0) }),
    gives<{ columns: string[]; cells: string[] }>(),
  ),
  /** The beginning of one of its text files. */
  'audit.text': query(pack.extend({ file: inPack }), gives<{ text: string; isWhole: boolean }>()),
  /**
   * A request list, checked, beside the pack it belongs to; without a grant of one, the pack of this id is looked for in
   * the workspace. `earlier` is a copy that it must go on from.
   */
  'requests.read': query(
    z.strictObject({ pack: grant.nullable(), list: place, earlier: place.nullable() }),
    gives<RequestList>(),
  ),
  /**
   * Adds what somebody says to a list; in a folder without a name it begins one. Gives the name of its file; `isFleeting`
   * says that a key was made for it that lasts only until Exhibit ends.
   */
  'requests.add': command(
    z.strictObject({
      pack: grant.nullable(),
      list: place,
      party: z.enum(parties),
      person: z.string().trim().min(1).max(200),
      said,
    }),
    gives<{ name: string; list: RequestList; isFleeting: boolean }>(),
  ),
};
