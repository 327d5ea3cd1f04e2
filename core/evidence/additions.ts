// What was added to a finished pack beside its sign-offs, read where it lies.

import type { Additions } from '#core/addition-model.ts';
import { openPackFiles } from './pack-files.ts';
import { tagManifestPath } from './seal.ts';
import { readText } from './verify-bag.ts';
import { readSignedReport } from './verify-pdf-signature.ts';
import { listTimeStamps } from './verify-time-stamps.ts';

/** The signature on the report and the time stamps of the pack at `path`, a folder or a ZIP file. */
export async function listAdditions(path: string): Promise<Additions> {
  const files = await openPackFiles(path);
  try {
    const tags = (await readText(files, tagManifestPath)) ?? '';
    return { report: await readSignedReport(files), stamps: await listTimeStamps(files, tags) };
  } finally {
    files.close();
  }
}
