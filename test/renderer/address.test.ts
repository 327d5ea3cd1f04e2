// An address and the state it names say the same, whichever way one is made of the other.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortKeys } from '#core/query/sort.ts';
import {
  type Address,
  changeAddress,
  formatAddress,
  parseAddress,
  screens,
  showIn,
  shownZone,
  startAddress,
} from '../../renderer/address/address.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyAddress: fc.Arbitrary<Address> = fc
  .record({
    screen: fc.constantFrom(...screens),
    filter: text,
    from: fc.option(text),
    to: fc.option(text),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
    shown: fc.option(fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata')),
    sort: fc.record({
      by: fc.constantFrom(...sortKeys),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    }),
    event: fc.option(text),
    import: fc.option(fc.integer({ min: 1 })),
    map: fc.option(fc.uuid()),
    campaign: fc.option(fc.integer({ min: 1 })),
    only: fc.option(text),
    row: fc.option(text),
    at: fc.option(text),
    by: fc.option(text),
    about: fc.option(text),
  })
  .map((address) => changeAddress(address, {}));

describe('an address', () => {
  test('leads back to the state it was made of', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  test('is short where everything is at its start', () => {
    expect(formatAddress(startAddress)).toBe('#/overview');
  });

  test('keeps filter, period and zone on another screen, and drops what was selected', () => {
    const address: Address = {
      ...startAddress,
      screen: 'events',
      filter: 'actor:alice',
      from: '2026-01-01',
      zone: 'Europe/Berlin',
      event: 'ABCDEFGHIJKLMNOP',
    };
    expect(changeAddress(address, { screen: 'evidence' })).toEqual({
      ...address,
      screen: 'evidence',
      event: null,
    });
  });

  test.each([
    ['', startAddress],
    ['#/', startAddress],
    ['#/nowhere?x=1', startAddress],
    ['#/overview?zone=Mars/Olympus&shown=Mars/Olympus', startAddress],
    ['#/overview?sort=colour.asc', startAddress],
    ['#/sources?import=-3', { ...startAddress, screen: 'sources' }],
    ['#/sources?import=twelve', { ...startAddress, screen: 'sources' }],
    ['#/evidence?event=ABC', { ...startAddress, screen: 'evidence' }],
  ])('with something unknown in it (%s) still leads somewhere', (hash, address) => {
    expect(parseAddress(hash)).toEqual(address);
  });

  test('carries a filter with every character that means something in an address', () => {
    const filter = 'actor:"a & b" 50% #1 field:x?=+ ü';
    expect(parseAddress(formatAddress({ ...startAddress, filter })).filter).toBe(filter);
  });
});

describe('the zone in which times are shown', () => {
  const berlin = changeAddress({ ...startAddress, zone: 'Europe/Berlin' }, {});

  test('moves no date that is set', () => {
    for (const dates of [{ from: '2026-01-01' }, { filter: 'after:2026-01-01' }]) {
      const address = changeAddress(changeAddress(berlin, dates), showIn('Asia/Tokyo'));
      expect(shownZone(address)).toBe('Asia/Tokyo');
      expect(address.zone).toBe('Europe/Berlin');
      expect(changeAddress(address, showIn('Europe/Berlin'))).toEqual(changeAddress(berlin, dates));
    }
  });

  test('is the one in which dates are meant from then on where none is set', () => {
    expect(changeAddress(berlin, showIn('Asia/Tokyo'))).toEqual({ ...berlin, zone: 'Asia/Tokyo' });
  });

  test('stays when the last date is taken away, and becomes the zone of the next one', () => {
    const address = changeAddress(changeAddress(berlin, { from: '2026-01-01' }), showIn('Asia/Tokyo'));
    expect(changeAddress(address, { from: null })).toEqual({ ...berlin, zone: 'Asia/Tokyo' });
  });
});
