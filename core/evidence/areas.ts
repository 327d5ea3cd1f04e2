// The populations of a pack: all events, and the same events cut by subject area. The areas partition the closed
// list of categories, so the area files add up to the whole and no row is counted twice between them.

import { type Category, categories } from '#core/model.ts';

export type Area = {
  /** Table id in the report, the workbook and the file name: `P-01`. */
  id: string;
  /** File name without extension, below data/10_populations/. */
  file: string;
  title: string;
  /** Name of its sheet in the workbook, with the id; at most 24 characters, so that a number fits behind it. */
  sheet: string;
  /** What the rows are about, one sentence for a reader. */
  about: string;
  categories: readonly Category[];
};

/** The frozen population every other one is cut from. */
export const wholeArea: Area = {
  id: 'P-00',
  file: '00_all-events',
  title: 'All events',
  sheet: 'P-00 All events',
  about: 'Every event of the imported logs that lies in the period and matches the filter.',
  categories,
};

/** The partition, in the order of the report. */
export const areas: readonly Area[] = [
  {
    id: 'P-01',
    file: '01_access-rights',
    title: 'Accounts and access rights',
    sheet: 'P-01 Access rights',
    about: 'Accounts and invitations; rights and ownership granted, changed, revoked, requested or reviewed.',
    categories: [
      'account.created',
      'account.removed',
      'access.granted',
      'access.changed',
      'access.owner',
      'access.review',
      'access.request',
      'integration',
    ],
  },
  {
    id: 'P-02',
    file: '02_privileged-and-remote-access',
    title: 'Privileged activity and remote access',
    sheet: 'P-02 Privileged, remote',
    about: 'Use of powerful rights, and sessions into devices or networks from outside.',
    categories: ['access.privileged_use', 'remote_access'],
  },
  {
    id: 'P-03',
    file: '03_authentication',
    title: 'Authentication and credentials',
    sheet: 'P-03 Authentication',
    about: 'Logins, failures, sign-in policy, and the life of keys, tokens and certificates.',
    categories: ['auth.success', 'auth.failure', 'auth.policy', 'credential'],
  },
  {
    id: 'P-04',
    file: '04_changes',
    title: 'Configuration and deployment changes',
    sheet: 'P-04 Changes',
    about: 'Settings, network exposure, releases, code and operation; maintenance windows around them.',
    categories: [
      'network.exposure',
      'config.changed',
      'deployment',
      'repository',
      'code_review',
      'maintenance',
      'operation',
    ],
  },
  {
    id: 'P-05',
    file: '05_assets',
    title: 'Assets and subscriptions',
    sheet: 'P-05 Assets',
    about: 'Assets and devices added, renamed, moved or removed; products and plans.',
    categories: ['asset.lifecycle', 'billing'],
  },
  {
    id: 'P-06',
    file: '06_data',
    title: 'Data leaving the system',
    sheet: 'P-06 Data',
    about: 'Downloads, exports and captures; sharing with others.',
    categories: ['data.download', 'sharing'],
  },
  {
    id: 'P-07',
    file: '07_monitoring-and-incidents',
    title: 'Monitoring, incidents and recovery',
    sheet: 'P-07 Monitoring',
    about: 'Alert rules, incidents, findings of malware and weaknesses, backup and restore.',
    categories: ['alerting', 'incident', 'malware', 'vulnerability', 'backup'],
  },
  {
    id: 'P-08',
    file: '08_log-integrity',
    title: 'Integrity of the log itself',
    sheet: 'P-08 Log integrity',
    about: 'Logging and retention settings, clocks, access to evidence, and events without a person.',
    categories: ['logging', 'clock', 'audit.access', 'attribution'],
  },
  {
    id: 'P-09',
    file: '09_other',
    title: 'Not assigned to a category',
    sheet: 'P-09 Other',
    about: 'Events whose name the preset does not know: kept and shown, never dropped.',
    categories: ['other'],
  },
];

const areaOf = new Map<string, number>(
  areas.flatMap((area, index) => area.categories.map((category) => [category, index] as const)),
);

/** Index into `areas`; a category this version does not know is treated as `other`. */
export function areaIndexOf(category: string): number {
  return areaOf.get(category) ?? areas.length - 1;
}
