// What the window says about an event: nothing the record does not say, and nothing that cannot be seen.
import { describe, expect, test } from 'vitest';
import type { Job } from '../../renderer/engine/jobs.ts';
import { layOutJson } from '../../renderer/words/json-lines.ts';
import { formatBytes, formatCount, formatCounted } from '../../renderer/words/numbers.ts';
import { endWords } from '../../renderer/words/progress.ts';
import { whatHappened } from '../../renderer/words/sentence.ts';
import { spellTokens, splitTokens } from '../../renderer/words/tokens.ts';

type Told = Parameters<typeof whatHappened>[0];

const event: Told = {
  action: 'Name',
  actor: 'alice@acme',
  targetType: 'device',
  targetId: '4019',
  targetName: 'press-07',
  subject: null,
  field: 'Name',
  oldValue: 'press-7',
  newValue: 'press-07',
  ip: null,
  outcome: 'unknown',
};

const said = (change: Partial<Told>): string =>
  whatHappened({ ...event, ...change })
    .map((part) => (part.kind === 'value' ? `“${part.text}”` : part.text))
    .join('');

describe('the sentence of an event', () => {
  test('tells a change from an old to a new value', () => {
    expect(said({})).toBe('alice@acme changed Name of device press-07 from “press-7” to “press-07”.');
  });

  test('claims no old or new value where the record has none', () => {
    expect(said({ oldValue: null })).toBe('alice@acme set Name of device press-07 to “press-07”.');
    expect(said({ newValue: null })).toBe('alice@acme cleared Name of device press-07; it was “press-7”.');
    expect(said({ oldValue: null, newValue: null })).toBe('alice@acme: Name on device press-07.');
  });

  test('tells which rights were given and which were taken', () => {
    const access = { subject: 'bob@acme', field: 'Privilege changes', action: 'Privilege changes' };
    expect(said({ ...access, oldValue: '[]', newValue: '["READ", "MAINTAIN"]' })).toBe(
      'alice@acme gave bob@acme READ, MAINTAIN on device press-07.',
    );
    expect(said({ ...access, oldValue: 'READ, UPDATE', newValue: 'READ; DELETE' })).toBe(
      'alice@acme gave bob@acme DELETE and took UPDATE from bob@acme on device press-07.',
    );
    expect(said({ ...access, oldValue: '{"READ":true,"UPDATE":false}', newValue: null })).toBe(
      'alice@acme took READ from bob@acme on device press-07.',
    );
    expect(said({ ...access, oldValue: '["READ"]', newValue: '["READ"]' })).toBe(
      'alice@acme left the rights of bob@acme on device press-07 as they were.',
    );
    expect(said({ ...access, oldValue: '{broken', newValue: '[]' })).toBe(
      'alice@acme: Privilege changes on device press-07, concerning bob@acme.',
    );
  });

  test('says it when an actor acted on the own rights', () => {
    const self = { subject: 'alice@acme', oldValue: '[]', newValue: '["GRANT"]' };
    expect(said(self)).toBe('alice@acme gave themself GRANT on device press-07.');
  });

  test('of an act names action, target and address, and a failure', () => {
    const act = {
      field: null,
      oldValue: null,
      newValue: null,
      targetType: null,
      targetName: null,
      targetId: null,
    };
    expect(said({ ...act, action: 'Login Failed', ip: '203.0.113.42', outcome: 'failure' })).toBe(
      'alice@acme: Login Failed from 203.0.113.42. It was refused or failed.',
    );
    expect(said({ ...act, actor: null, action: 'Incident Opened' })).toBe(
      'Somebody not named: Incident Opened.',
    );
  });
});

describe('text with characters that cannot be seen', () => {
  test('shows them as tokens', () => {
    expect(spellTokens('a\u202Eb')).toBe('a⟨RLO⟩b');
    expect(spellTokens('\ttab')).toBe('⟨TAB⟩tab');
    expect(spellTokens('line\r\nbreak')).toBe('line⟨CR⟩⟨LF⟩break');
    expect(spellTokens('a\u00a0b\u200bc\ufeff')).toBe('a⟨NBSP⟩b⟨ZWSP⟩c⟨BOM⟩');
    expect(spellTokens('\u{e0041}\ufffe\ud800')).toBe('⟨U+E0041⟩⟨U+FFFE⟩⟨U+D800⟩');
  });

  test('leaves every other script as it is', () => {
    for (const text of ['Grüße 東京 🚀', 'שלום', 'مرحبا', 'हिन्दी', '']) {
      expect(splitTokens(text)).toEqual(text === '' ? [] : [{ kind: 'text', text }]);
    }
  });

  test('keeps what it is told to keep', () => {
    expect(splitTokens('{\n\t}', '\n').map((piece) => piece.text)).toEqual(['{\n', 'TAB', '}']);
  });
});

describe('a stored record', () => {
  test('is laid out without changing a digit, an escape or a repeated key', () => {
    const stored = '{"id":12345678901234567890,"a":"x\\u202e\\"y","a":[1.10,{}],"n":[],"deep":{"k":null}}';
    const lines = layOutJson(stored);
    expect(lines.split('\n')).toEqual([
      '{',
      '  "id": 12345678901234567890,',
      '  "a": "x\\u202e\\"y",',
      '  "a": [',
      '    1.10,',
      '    {}',
      '  ],',
      '  "n": [],',
      '  "deep": {',
      '    "k": null',
      '  }',
      '}',
    ]);
    expect(lines.replaceAll(/\n\s*/g, '').replaceAll('": ', '":')).toBe(stored);
  });

  test('that is no JSON is shown as it is', () => {
    expect(layOutJson('a,b,"c"')).toBe('a,b,"c"');
  });
});

test('counts are exact and sizes are short', () => {
  expect(formatCount(12_408)).toBe('12,408');
  expect(formatCounted(1, 'event')).toBe('1 event');
  expect(formatCounted(0, 'event')).toBe('0 events');
  expect(formatBytes(812)).toBe('812 bytes');
  expect(formatBytes(184_322)).toBe('184.3 kB');
  expect(formatBytes(999_999)).toBe('1 MB');
});

describe('the end of work, for who does not look', () => {
  const job = (change: Partial<Job>): Job[] =>
    [{ name: 'verify.run', about: '', state: 'done', endedAt: 1, result: null, ...change }] as Job[];

  test('says what a verification and an import found, and how other work ended', () => {
    const checks = ['passed', 'passed', 'failed'].map((status) => ({ name: 'x', status, detail: '' }));
    expect(endWords(job({ result: { ok: false, checks, failures: [] } as unknown as Job['result'] }))).toBe(
      'Verifying the log: done. 2 passed, 1 failed, 0 skipped.',
    );
    const report = { imported: 1200, duplicates: 3, rejected: 1 };
    const outcomes = [{ ok: true, already: false, report }, { ok: false }] as unknown as Job['result'];
    expect(endWords(job({ name: 'imports.run', about: 'a.csv', result: outcomes }))).toBe(
      'Importing a.csv: done. 1,200 imported, 3 duplicates, 1 rejected.',
    );
    expect(endWords(job({ name: 'pack.create', about: 'Q1', state: 'cancelled' }))).toBe(
      'Creating the evidence pack Q1: cancelled.',
    );
    expect(endWords([])).toBe('');
  });
});
