// Writes the bundled sample exports: one quarter of an invented company with both first vendors, always the same. In it
// stands a small story, which the guide of the sample workspace leads through: a right nobody approved, a change outside
// its maintenance window, and days that no export holds, across which a value does not follow.
// Run it only to change the samples: node scripts/make-samples.ts

import { writeFileSync } from 'node:fs';
import { assetPath } from '#core/assets.ts';

/** A small seeded generator (mulberry32), so that the samples never change by themselves. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const random = createRandom(27001);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));

const people = ['alice', 'bob', 'carmen', 'dmitri', 'elif', 'farid', 'grace', 'hiroshi', 'ines', 'jonas'].map(
  (name) => `${name}@acme.example`,
);
const admins = people.slice(0, 3);
const lines = ['press', 'robot', 'oven', 'conveyor', 'camera'];
const devices = Array.from({ length: 24 }, (_, index) => {
  const line = lines[index % lines.length] as string;
  return {
    key: 4000 + index,
    name: `${line}-${String(Math.floor(index / lines.length) + 1).padStart(2, '0')}`,
  };
});
const apps = ['vision-inspect', 'energy-meter', 'line-dashboard', 'plc-bridge'].map((name, index) => ({
  key: 800 + index,
  name,
}));
const projects = ['Plant Ulm', 'Plant Porto', 'Test bench'].map((name, index) => ({
  key: 100 + index,
  name,
}));
const rights = ['READ', 'MAINTAIN', 'NETWORK', 'DEVELOP'];

const begin = Date.UTC(2026, 0, 1);
const end = Date.UTC(2026, 3, 1);

/** Days that neither export of IronFlock holds: the second one was made too late. */
const gap = { from: Date.UTC(2026, 1, 16), to: Date.UTC(2026, 1, 19) };

/** The story, as rows of IronFlock's export. */
const story: readonly (readonly string[])[] = [
  ['2026-01-20T09:20:14.310Z', 'alice', 'Tunnel changes', '', '', '22/tcp private'],
  ['2026-02-14T02:12:40.118Z', 'dmitri', 'Privilege changes', 'dmitri@acme.example', '[]', '["DEVELOP"]'],
  ['2026-02-14T02:31:05.902Z', 'dmitri', 'Tunnel changes', '', '22/tcp private', '22/tcp public'],
  ['2026-02-14T02:33:47.450Z', 'dmitri', 'Remote access', '', '', 'port 22 -> plc-bridge'],
  // Somebody had closed the port by then, on a day that no export holds.
  ['2026-02-23T08:25:31.006Z', 'alice', 'Tunnel changes', '', '22/tcp private', '443/http private'],
];

/** Times of a quarter, denser on working days and in working hours, sorted. */
function times(count: number): number[] {
  const all: number[] = [];
  while (all.length < count) {
    const time = begin + Math.floor(random() * (end - begin));
    const weekday = new Date(time).getUTCDay();
    const hour = new Date(time).getUTCHours();
    const isWork = weekday > 0 && weekday < 6 && hour >= 7 && hour < 18;
    if (isWork || random() < 0.08) all.push(time);
  }
  return all.sort((a, b) => a - b);
}

function csv(rows: readonly (readonly string[])[], newline: string): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(',')).join(newline) + newline;
}

/** IronFlock: values follow on from each other, rights are granted and taken away, ownership passes on. */
function ironflock(): string[][] {
  const values = new Map<string, string>();
  const held = new Map<string, string[]>();
  const change = (key: string, next: string): [string, string] => {
    const old = values.get(key) ?? '';
    values.set(key, next);
    return [old, next];
  };
  const rows: string[][] = [];
  for (const time of times(620)) {
    if (time >= gap.from && time < gap.to) continue;
    const stamp = new Date(time).toISOString();
    const device = pick(devices);
    const app = pick(apps);
    const project = projects[device.key % 2] as (typeof projects)[number];
    const roll = random();
    const onDevice = (user: string, aspect: string, subject: string, [old, next]: [string, string]) =>
      rows.push([
        stamp,
        user,
        'device',
        String(device.key),
        device.name,
        project.name,
        aspect,
        subject,
        old,
        next,
      ]);
    const onApp = (user: string, aspect: string, [old, next]: [string, string]) =>
      rows.push([stamp, user, 'app', String(app.key), app.name, project.name, aspect, '', old, next]);
    if (roll < 0.2) {
      const subject = pick(people);
      const key = `${device.key}/${subject}`;
      const before = held.get(key) ?? [];
      const right = pick(rights);
      const after = before.includes(right)
        ? before.filter((one) => one !== right)
        : [...before, right].sort();
      held.set(key, after);
      const others = admins.filter((admin) => admin !== subject);
      onDevice(pick(others), 'Privilege changes', subject, [JSON.stringify(before), JSON.stringify(after)]);
    } else if (roll < 0.42) {
      const version = `${app.name} ${between(1, 3)}.${between(0, 9)}.${between(0, 20)}`;
      const user = pick(people);
      const aspect = pick(['Release changes', 'App upgrades']);
      onDevice(user, aspect, '', change(`${aspect}/${device.key}`, version));
    } else if (roll < 0.6)
      onDevice(
        'system',
        'App state',
        '',
        change(`state/${device.key}`, pick(['RUNNING', 'STOPPED', 'UPDATING'])),
      );
    else if (roll < 0.72)
      onDevice(pick(people), 'Remote access', '', ['', `port ${pick(['22', '443', '8080'])} -> ${app.name}`]);
    else if (roll < 0.8)
      onDevice(
        pick(people),
        'Description',
        '',
        change(
          `about/${device.key}`,
          `${device.name} on line ${between(1, 6)}, ${pick(['calibrated', 'awaiting service', 'in production'])}`,
        ),
      );
    else if (roll < 0.86)
      onDevice(
        pick(admins),
        'Tunnel changes',
        '',
        change(
          `tunnel/${device.key}`,
          `${pick(['22/tcp', '443/http', '1883/tcp'])} ${pick(['private', 'public'])}`,
        ),
      );
    else if (roll < 0.91)
      onDevice(
        pick(people),
        'Name',
        '',
        change(`name/${device.key}`, `${device.name}${pick(['', '-a', '-spare'])}`),
      );
    else if (roll < 0.94)
      onApp(
        pick(admins),
        'Docker credentials',
        change(`docker/${app.key}`, `registry key ${between(10, 99)}`),
      );
    else if (roll < 0.97)
      onApp(
        pick(people),
        'Repository',
        change(`repo/${app.key}`, `git.acme.example/${app.name}#${pick(['main', 'release'])}`),
      );
    else {
      const owner = pick(admins);
      const others = admins.filter((admin) => admin !== owner);
      onApp(pick(others), 'Owner changes', change(`owner/${app.key}`, owner));
    }
  }
  for (const [time = '', user = '', aspect = '', subject = '', old = '', next = ''] of story)
    rows.push([
      time,
      `${user}@acme.example`,
      'device',
      '4030',
      'nyc-edge-01',
      'Test bench',
      aspect,
      subject,
      old,
      next,
    ]);
  return rows.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
}

const ironflockHead = [
  'timestamp',
  'user',
  'asset_type',
  'asset_key',
  'asset_name',
  'project',
  'aspect',
  'subject',
  'old_value',
  'new_value',
];

/** Flowtriq: incidents run their course, the rest is what a network team does. */
function flowtriq(): string {
  const nodes = ['nyc-edge-01', 'nyc-edge-02', 'fra-core-01', 'fra-core-02', 'sgp-edge-04'];
  const team = ['alice@acme.example', 'jonas@acme.example', 'ines@acme.example'];
  const addresses = ['203.0.113.42', '198.51.100.7', '10.0.1.5', '2001:db8::4a'];
  const rows: string[][] = [];
  const add = (time: number, event: string, actor: string, resource: string, ip: string) => {
    if (time < end)
      rows.push([new Date(time).toISOString().slice(0, 19).replace('T', ' '), event, actor, resource, ip]);
  };
  for (const time of times(170)) {
    const node = pick(nodes);
    const person = pick(team);
    const ip = pick(addresses);
    const roll = random();
    if (roll < 0.35) {
      const resource = `${node} · ${between(0x10000000, 0xffffffff).toString(16)}`;
      add(time, 'Incident Opened', 'system', resource, '');
      add(time + 3_000, 'PCAP Started', 'system', resource, '');
      if (random() < 0.5) add(time + 90_000, 'Incident Acknowledged', person, resource, ip);
      add(time + between(3, 20) * 60_000, 'Incident Resolved', 'system', resource, '');
      if (random() < 0.4) add(time + between(30, 90) * 60_000, 'PCAP Downloaded', person, resource, ip);
    } else if (roll < 0.6) {
      add(time, 'User Login', person, '', ip);
      add(time + between(10, 240) * 60_000, 'User Logout', person, '', ip);
    } else if (roll < 0.68) add(time, 'Login Failed', person, '', `192.0.2.${between(1, 250)}`);
    else if (roll < 0.71) add(time, 'Invalid API Key', 'unknown', '', `192.0.2.${between(1, 250)}`);
    else if (roll < 0.8) {
      add(time, 'Maintenance Start', pick(['deploy-bot', person]), node, '10.0.1.5');
      add(time + 25 * 60_000, 'Maintenance End', 'system (auto)', node, '');
    } else if (roll < 0.86) add(time, 'Threshold Changed', person, node, ip);
    else if (roll < 0.92)
      add(time, pick(['API Key Created', 'API Key Rotated', 'API Key Revoked']), person, node, ip);
    else
      add(
        time,
        pick(['Node Added', 'Node Renamed', 'Node Config Changed', 'Alert Channel Added']),
        person,
        node,
        ip,
      );
  }
  // Of the story: windows in which the port was worked on, and how somebody came in on that night.
  for (const day of [Date.UTC(2026, 0, 20, 9), Date.UTC(2026, 1, 23, 8)]) {
    add(day, 'Maintenance Start', 'alice@acme.example', 'nyc-edge-01', '10.0.1.5');
    add(day + 3_600_000, 'Maintenance End', 'system (auto)', 'nyc-edge-01', '');
  }
  const night = Date.UTC(2026, 1, 14, 2);
  for (const second of [130, 151, 178, 204])
    add(night + second * 1000, 'Login Failed', 'dmitri@acme.example', '', '192.0.2.77');
  add(night + 411_000, 'User Login', 'dmitri@acme.example', '', '192.0.2.77');
  add(night + 2_950_000, 'User Logout', 'dmitri@acme.example', '', '192.0.2.77');
  rows.sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1));
  return csv([['Timestamp (UTC)', 'Event', 'Actor', 'Node / Resource', 'IP'], ...rows], '\r\n');
}

const rows = ironflock();
const isBefore = ([time = '']: readonly string[]) => Date.parse(time) < gap.from;
const before = rows.filter(isBefore);
const after = rows.filter((row) => !isBefore(row));
writeFileSync(assetPath('samples', 'ironflock-sample.csv'), csv([ironflockHead, ...before], '\n'));
writeFileSync(assetPath('samples', 'ironflock-sample-2.csv'), csv([ironflockHead, ...after], '\n'));
writeFileSync(assetPath('samples', 'flowtriq-sample.csv'), flowtriq());
