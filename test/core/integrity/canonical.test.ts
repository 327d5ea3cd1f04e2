import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseJson } from '#core/integrity/canonical.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 §3.2.4 as the RFC does', () => {
    const text = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalJson(JSON.parse(text))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as RFC 8785 §3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Dalet',
      '1': 'One',
      '\ud83d\ude00': 'Smile',
      '\u0080': 'C',
      '\u00f6': 'O',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object).length).toBe(7);
    expect(canonicalJson(value)).toBe(
      '{"\\r":"CR","1":"One","\u0080":"C","\u00f6":"O","\u20ac":"Euro","\ud83d\ude00":"Smile","\ufb33":"Dalet"}',
    );
  });

  it('is the same for the same value, however its keys are ordered and its text is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const spaced = JSON.parse(JSON.stringify(value, null, 3));
        const reversed = JSON.parse(JSON.stringify(value), (_key, member) =>
          member && typeof member === 'object' && !Array.isArray(member)
            ? Object.fromEntries(Object.entries(member).reverse())
            : member,
        );
        expect(canonicalJson(spaced)).toBe(canonicalJson(value));
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it('keeps a number that a double cannot hold as it was written', () => {
    const text = '{"id":12345678901234567890,"share":0.12345678901234567891,"year":2026,"same":1.50}';
    expect(canonicalJson(parseJson(text))).toBe(
      '{"id":12345678901234567890,"same":1.5,"share":0.12345678901234567891,"year":2026}',
    );
    expect(JSON.stringify(parseJson('[12345678901234567890]'))).toBe('[12345678901234567890]');
  });

  it('treats a key named __proto__ as any other', () => {
    expect(canonicalJson(parseJson('{"__proto__":{"a":1},"b":2}'))).toBe('{"__proto__":{"a":1},"b":2}');
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow('no JSON form');
    expect(() => canonicalJson(10n)).toThrow('no JSON form');
  });
});

it('tells keys that hold NUL from several keys', () => {
  const b = { a: 1, b: 2, c: 3 };
  const together = { 'a\0b': 1, c: 2 };
  const other = { a: 1, 'b\0c': 2 };
  for (let again = 0; again < 2; again++) {
    expect(canonicalJson(b)).toBe('{"a":1,"b":2,"c":3}');
    expect(canonicalJson(together)).toBe('{"a\\u0000b":1,"c":2}');
    expect(canonicalJson(other)).toBe('{"a":1,"b\\u0000c":2}');
  }
});
