// The closed list of categories as words, and the family that gives each its one colour on every screen.

import type { Category } from '#core/model.ts';

export type Family = 'access' | 'sign-in' | 'network' | 'change' | 'data' | 'operation' | 'other';

const known: Record<Category, [label: string, family: Family]> = {
  'account.created': ['Account created', 'access'],
  'account.removed': ['Account removed', 'access'],
  'access.granted': ['Access granted', 'access'],
  'access.changed': ['Access changed', 'access'],
  'access.owner': ['Owner changed', 'access'],
  'access.privileged_use': ['Privileged use', 'access'],
  'access.review': ['Access review', 'access'],
  'access.request': ['Access request', 'access'],
  'auth.success': ['Sign-in', 'sign-in'],
  'auth.failure': ['Failed sign-in', 'sign-in'],
  'auth.policy': ['Sign-in policy', 'sign-in'],
  credential: ['Credential', 'sign-in'],
  remote_access: ['Remote access', 'network'],
  'network.exposure': ['Network exposure', 'network'],
  'config.changed': ['Configuration', 'change'],
  deployment: ['Deployment', 'change'],
  repository: ['Repository', 'change'],
  code_review: ['Code review', 'change'],
  maintenance: ['Maintenance', 'operation'],
  'asset.lifecycle': ['Asset lifecycle', 'change'],
  'data.download': ['Data download', 'data'],
  sharing: ['Sharing', 'data'],
  logging: ['Logging', 'operation'],
  alerting: ['Alerting', 'operation'],
  incident: ['Incident', 'operation'],
  malware: ['Malware', 'operation'],
  vulnerability: ['Vulnerability', 'operation'],
  backup: ['Backup', 'operation'],
  clock: ['Clock', 'operation'],
  integration: ['Integration', 'change'],
  'audit.access': ['Audit log access', 'data'],
  attribution: ['Attribution', 'other'],
  operation: ['Operation', 'operation'],
  billing: ['Billing', 'other'],
  other: ['Other', 'other'],
};

export const categoryLabel = (category: Category): string => known[category][0];
export const categoryFamily = (category: Category): Family => known[category][1];
