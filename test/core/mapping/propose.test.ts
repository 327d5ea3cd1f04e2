// What is proposed for exports nobody knows, and what is left open.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesOf, finishDraft, nameDraft, readingOf } from '#core/mapping/draft-preset.ts';
import { csvSample, jsonSample, namesOf } from '#core/mapping/field-paths.ts';
import { createMapper } from '#core/mapping/map.ts';
import { loadPresets, type Preset, parsePreset, type Variant } from '#core/mapping/preset.ts';
import { type Proposal, propose } from '#core/mapping/propose.ts';
import { timeEvidence } from '#core/mapping/time-evidence.ts';
import { columnsOf, readSamples, toValue } from './samples.ts';

const generic = loadPresets().find(({ only }) => only === 'unrecognised') as Preset;

function proposeCsv(header: string, ...rows: string[]): Proposal {
  const names = header.split(',');
  const samples = rows.map((row) => csvSample(names, row.split(',')));
  return propose('csv', names, samples, generic);
}

const chosen = ({ fields }: Proposal) =>
  Object.fromEntries(fields.flatMap(({ field, name }) => (name === null ? [] : [[field, name]])));
const confidenceOf = ({ fields }: Proposal, wanted: string) =>
  fields.find(({ field }) => field === wanted)?.confidence;

describe('a proposal', () => {
  it('maps a table of plain names, and says how sure each is', () => {
    const proposal = proposeCsv(
      'When,Performed By,Event Type,Source IP,Object Name,Result,Old Value,New Value,Comment',
      '2026-01-05 10:00:00,alice@acme.example,Door opened,10.0.0.1,gate-1,success,,,x',
      '2026-01-05 11:00:00,bob@acme.example,Limit changed,10.0.0.2,pump-2,failure,3,4,y',
    );
    expect(chosen(proposal)).toEqual({
      time: 'When',
      action: 'Event Type',
      actor: 'Performed By',
      ip: 'Source IP',
      targetName: 'Object Name',
      outcome: 'Result',
      oldValue: 'Old Value',
      newValue: 'New Value',
    });
    expect(confidenceOf(proposal, 'time')).toBe('sure');
    expect(confidenceOf(proposal, 'ip')).toBe('sure');
    expect(confidenceOf(proposal, 'subject')).toBe('none');
    expect(proposal.fields.find(({ field }) => field === 'ip')?.reason).toBe(
      '“Source IP” is a usual name for it, and its values are IP addresses.',
    );
  });

  it('finds the keys of nested records, and takes no object for a name', () => {
    const records = [1, 2].map((n) => ({
      uuid: `u${n}`,
      occurred_at: `2026-02-0${n}T08:00:00Z`,
      event: { name: 'door.open' },
      actor: { id: `a${n}`, email: `p${n}@acme.example` },
      context: { ip_address: `10.1.1.${n}` },
    }));
    const samples = records.map((record) => jsonSample(record));
    const proposal = propose('json', namesOf(samples), samples, generic);
    expect(chosen(proposal)).toMatchObject({
      time: 'occurred_at',
      action: 'event/name',
      actor: 'actor/email',
      ip: 'context/ip_address',
      vendorId: 'uuid',
    });
  });

  it('takes a column of other names by its values alone, and says it is not sure', () => {
    const proposal = proposeCsv(
      'moment,was geschah,addr',
      '2026-01-05T10:00:00Z,auf,10.0.0.1',
      '2026-01-06T10:00:00Z,zu,10.0.0.2',
    );
    expect(chosen(proposal)).toEqual({ time: 'moment', ip: 'addr' });
    expect(confidenceOf(proposal, 'time')).toBe('unsure');
    expect(confidenceOf(proposal, 'action')).toBe('none');
  });

  it.each(readSamples().map((sample) => [`${sample.preset} ${sample.variant}`, sample] as const))(
    'for the records of %s gives no event a wrong time or name',
    (_name, sample) => {
      const columns = columnsOf(sample);
      const values = sample.pairs.map(({ record }) => toValue(record, columns));
      const samples = values.map((value) =>
        sample.format === 'csv'
          ? csvSample(columns, value as string[])
          : jsonSample(value as Record<string, unknown>),
      );
      const names = sample.format === 'csv' ? columns : namesOf(samples);
      const { preset } = propose(sample.format, names, samples, generic);
      const map = createMapper(preset, preset.variants[0] as Variant, columns, null);
      for (const [at, value] of values.entries()) {
        const [mapped] = map(value);
        const [expected] = sample.pairs[at]?.events ?? [];
        if (!mapped || !('event' in mapped) || !expected) continue;
        expect(mapped.event.action).toBe(expected.action);
        // A column can be of when the record was written, a second after what it tells of.
        expect(Math.abs(mapped.event.time - Date.parse(String(expected.time)))).toBeLessThan(60_000);
      }
    },
  );

  it('prefers a name to an id for who did it, and takes no id of an inner object for the record’s', () => {
    const records = [1, 2].map((n) => ({
      at: `2026-02-0${n}T08:00:00Z`,
      action: 'x',
      actor_id: n,
      actor: `person ${n}`,
      object: { id: `o${n}` },
    }));
    const samples = records.map((record) => jsonSample(record));
    const proposal = propose('json', namesOf(samples), samples, generic);
    expect(chosen(proposal)).toMatchObject({ actor: 'actor', targetId: 'object/id' });
    expect(chosen(proposal)).not.toHaveProperty('vendorId');
  });

  it('reads columns that a search names by what is in its records, as Datadog does', () => {
    const proposal = proposeCsv(
      'Date,Host,@action,@evt.name,@usr.email,@asset.type,@asset.name,@network.client.ip',
      '2026-03-09T09:44:01.123Z,,modified,Monitor,ann@acme.example,monitor,cpu,192.0.2.1',
      '2026-03-09T09:45:01.123Z,,deleted,Monitor,bob@acme.example,monitor,disk,192.0.2.2',
    );
    expect(chosen(proposal)).toEqual({
      time: 'Date',
      action: '@action',
      actor: '@usr.email',
      targetType: '@asset.type',
      targetName: '@asset.name',
      ip: '@network.client.ip',
    });
  });

  it('takes a type for what happened only where nothing else says it', () => {
    const alone = proposeCsv(
      'date,type,user,ip',
      '2026-01-05T10:00:00Z,user.loggedin,a@acme.example,10.0.0.1',
      '2026-01-05T11:00:00Z,user.invited,b@acme.example,10.0.0.2',
    );
    expect(chosen(alone).action).toBe('type');
    expect(confidenceOf(alone, 'action')).toBe('unsure');
    const beside = proposeCsv(
      'date,type,user,operation,object',
      '2026-01-05T10:00:00Z,sensor,a@acme.example,created,s-1',
    );
    expect(chosen(beside).action).toBe('operation');
  });

  it('leaves nonsense unmapped', () => {
    expect(chosen(proposeCsv('qq,zz,~,@', 'a,b,c,d', 'e,f,g,h'))).toEqual({});
    expect(chosen(propose('csv', [], [], generic))).toEqual({});
  });

  it('takes a column called time for none when its values are no times', () => {
    expect(chosen(proposeCsv('time,event', 'soon,a', 'later,b'))).toEqual({ action: 'event' });
  });

  it('takes an id that repeats for no id, and a status of other words for no outcome', () => {
    const proposal = proposeCsv(
      'id,time,event,status',
      '1,2026-01-01T00:00:00Z,a,open',
      '1,2026-01-02T00:00:00Z,a,new',
    );
    expect(chosen(proposal)).toEqual({ time: 'time', action: 'event' });
  });

  it('gives each column to one field, whatever the names and values', () => {
    const name = fc.oneof(
      fc.constantFrom(
        'time',
        'event',
        'user',
        'id',
        'from',
        'to',
        'ip',
        'status',
        '__proto__',
        'a/b',
        'target',
      ),
      fc.string({ minLength: 1, maxLength: 12 }),
    );
    const record = fc.array(fc.oneof(fc.string(), fc.constantFrom('2026-01-01', '10.0.0.1', '{"a":1}')), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 8 }),
        fc.array(record, { maxLength: 5 }),
        (names, rows) => {
          const samples = rows.map((row) => csvSample(names, row));
          const proposal = propose('csv', names, samples, generic);
          const used = proposal.fields.flatMap((field) => field.name ?? []);
          expect(new Set(used).size).toBe(used.length);
          for (const one of used) expect(names).toContain(one);
          const draft = finishDraft(nameDraft(proposal.preset, 'Some vendor'), names);
          expect(parsePreset(JSON.stringify(draft), 'draft').id).toBe('own-some-vendor');
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('dates', () => {
  it('have their order proven by a number beyond 12', () => {
    expect(timeEvidence(['03/04/2026 10:00', '21/04/2026 10:00'])).toMatchObject({
      order: 'day-first',
      proof: '21/04/2026 10:00',
    });
    expect(timeEvidence(['3/4/2026 1:00:00 AM', '3/21/2026 1:00:00 PM']).order).toBe('month-first');
  });

  it('are never guessed: without a proof the order stays open, and two proofs contradict', () => {
    expect(timeEvidence(['03/04/2026', '05/06/2026'])).toMatchObject({ order: 'open', proof: '03/04/2026' });
    expect(timeEvidence(['13/04/2026', '05/16/2026']).order).toBe('contradictory');
    expect(timeEvidence(['05/05/2026']).order).toBeNull();
    const open = proposeCsv('date,event', '03/04/2026,a', '05/06/2026,b');
    expect(datesOf(open.preset)).toBeNull();
    const proven = proposeCsv('date,event', '03/04/2026,a', '25/06/2026,b');
    expect(datesOf(proven.preset)).toBe('day-first');
    expect(readingOf(proven.preset, 'time')).toEqual({ kind: 'name', name: 'date' });
  });

  it('without a zone are counted, those with one or as a number are not', () => {
    expect(timeEvidence(['2026-01-01 10:00:00', '2026-01-01T10:00:00Z', '1767261600'])).toMatchObject({
      times: 3,
      withoutZone: 1,
      zoneExample: '2026-01-01 10:00:00',
      order: null,
    });
  });
});
