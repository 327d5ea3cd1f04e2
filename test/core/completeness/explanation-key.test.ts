import { expect, it } from 'vitest';
import { checkExplanation } from '#core/completeness/explanation-key.ts';
import type { ExplanationKind } from '#core/model.ts';
import { fixture, importInto, openTemporaryStore } from '../../support/workspace.ts';

const uid = 'abcdefghijklmnop';

it('takes what names a finding of a source in the log, and refuses the rest', async () => {
  const store = openTemporaryStore();
  await importInto(store, fixture('flowtriq-export.csv'));
  const check = (kind: ExplanationKind, key: string, source = 'Flowtriq') =>
    checkExplanation(store, { source, kind, key });
  check('gap', '2026-01-01/2026-01-31');
  check('silence', '2026-01-01');
  check('id-gap', '10/12');
  check('break', `${uid}/${uid}.1-2`);
  expect(() => check('gap', '2026-01-01')).toThrow('does not name a gap');
  expect(() => check('silence', 'yesterday')).toThrow('does not name a silence');
  expect(() => check('id-gap', '10/12/14')).toThrow('does not name');
  expect(() => check('break', `${uid}/10`)).toThrow('does not name');
  expect(() => check('gap', '2026-01-01/2026-01-31', 'Okta')).toThrow('no source “Okta”');
});
