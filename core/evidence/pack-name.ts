// The name of a pack's folder: readable, the same everywhere, and legal on Windows, macOS and Linux.

import type { PackRequest } from '#core/model.ts';

const frameworkNames = { iso27001: 'ISO27001', soc2: 'SOC2', iec62443: 'IEC62443' } as const;
/** Names Windows keeps for devices, with any extension. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;

/** `<organisation>_<framework>_<from>--<to>_<packId>`; at most 150 bytes, so that the files inside fit 260. */
export function packFolderName(request: PackRequest, packId: string): string {
  const organisation = safePart(request.organisation, 60) || 'organisation-not-stated';
  const period = `${safePart(request.from, 24)}--${safePart(request.to, 24)}`;
  return `${organisation}_${frameworkNames[request.framework]}_${period}_${packId}`;
}

/** Letters, digits and single hyphens of a text, at most `bytes` bytes of UTF-8. */
export function safePart(text: string, bytes: number): string {
  const kept = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  let part = '';
  for (const character of kept) {
    if (Buffer.byteLength(part + character) > bytes) break;
    part += character;
  }
  part = part.replace(/-+$/, '');
  return reserved.test(part) ? `${part}-` : part;
}
