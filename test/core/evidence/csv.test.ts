import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecord, csvTable } from '#core/evidence/csv.ts';
import { parseCsv } from './create.ts';
import { hostileTexts } from './hostile.ts';

describe('CSV', () => {
  it('gives back every text as it was, and keeps no value apart from an empty text', () => {
    const field = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts, '')), {
      nil: null,
    });
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { maxLength: 6 }), (rows) => {
        expect(parseCsv(csvTable(['a', 'b'], rows))).toEqual([['a', 'b'], ...rows]);
      }),
    );
  });

  it('changes nothing for the sake of spreadsheet programs', () => {
    expect(csvRecord(['=1+1', '00123', 7, null, ''])).toBe('=1+1,00123,7,,""\r\n');
  });
});
