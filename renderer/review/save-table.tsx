// The two buttons that save a table of a review with its IPE card.

import type { Input } from '#core/contract.ts';
import { SaveFile } from '../controls/save-file.tsx';
import { connection } from '../engine/engine.ts';

type Call = 'access.saveMatrix' | 'access.saveReconciled' | 'access.saveLeavers' | 'changes.saveState';
type Props<C extends Call> = { call: C; asked: Omit<Input<C>, 'into' | 'format'> };

export function SaveTable<C extends Call>({ call, asked }: Props<C>) {
  const save = (format: 'csv' | 'xlsx') => async (into: string) =>
    (await (await connection.client()).run(call, { ...asked, into, format } as Input<C>)).file;
  return (
    <>
      <SaveFile save={save('xlsx')}>Save as workbook…</SaveFile>
      <SaveFile save={save('csv')}>Save as CSV…</SaveFile>
    </>
  );
}
