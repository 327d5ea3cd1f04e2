// Where the window was in each workspace, so that the next start goes on there: screen, filter, period, zone. Kept on
// this computer, for the few workspaces used last.

import { formatAddress, parseAddress } from './address.ts';
import { go, onAddress } from './use-address.ts';

const key = 'places';
const most = 10;
let workspace: string | null = null;

/** From now on keeps the place in the workspace that is open. */
export async function watchPlace(): Promise<void> {
  workspace = (await window.exhibit.info()).workspace;
}

/** Goes to where this workspace was left, unless the window was opened at an address. Call once, before the first picture. */
export async function restorePlace(): Promise<void> {
  await watchPlace();
  const hash = workspace === null ? undefined : new Map(places()).get(workspace);
  if (hash !== undefined && window.location.hash === '') {
    // What was open beside the list belongs to the moment: a file, an import's report, a row.
    go({ ...parseAddress(hash), event: null, map: null, import: null, row: null }, 'replace');
  }
  onAddress((address) => {
    if (workspace === null) return;
    const others = places().filter(([folder]) => folder !== workspace);
    const kept = [[workspace, formatAddress(address)], ...others].slice(0, most);
    window.localStorage.setItem(key, JSON.stringify(kept));
  });
}

function places(): [folder: string, hash: string][] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((one) => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string')
      : [];
  } catch {
    return [];
  }
}
