// What a request is about survives the address, whatever the names are.
import { expect, test } from 'vitest';
import { changeAddress, formatAddress, parseAddress, startAddress } from '../../renderer/address/address.ts';
import { askedAbout, toAsk } from '../../renderer/audit/asking.ts';

test('where somebody began to ask is read back from the address', () => {
  const about = { control: 'A & B=5.18?', file: 'data/10_populations/00_all-events.csv', row: 'ü#7' };
  const hash = formatAddress(changeAddress(startAddress, toAsk(about)));
  expect(parseAddress(hash)).toMatchObject({ screen: 'audit', by: 'requests', row: null });
  expect(askedAbout(parseAddress(hash).about)).toEqual(about);
  expect(askedAbout(parseAddress(formatAddress(changeAddress(startAddress, toAsk({})))).about)).toEqual({
    control: null,
    file: null,
    row: null,
  });
  expect(askedAbout('actor:alice')).toBeNull();
  expect(askedAbout(null)).toBeNull();
});
