// The status of a request as mark and word.

import type { RequestStatus } from '#core/request-model.ts';
import { Mark, type MarkKind } from '../controls/mark.tsx';

const kinds: Record<RequestStatus, MarkKind> = {
  open: 'working',
  answered: 'attention',
  accepted: 'passed',
  'exception noted': 'failed',
};

export function StatusMark({ status }: { status: RequestStatus }) {
  return <Mark kind={kinds[status]}>{status}</Mark>;
}
