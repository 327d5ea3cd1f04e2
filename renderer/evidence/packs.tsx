// The packs that were made in this workspace, from its activity log, and what differs between two of them.

import { useState } from 'react';
import { describeRequest, differencesOf, type MadePack } from '#core/recipe-model.ts';
import { useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { errorOf } from '../words/errors.ts';
import { frameworkNames } from '../words/frameworks.ts';
import { formatCount } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import { Checked, type PackPlace } from './checked.tsx';
import styles from './evidence-screen.module.css';
import { SignOffs } from './sign-off.tsx';

export function Packs() {
  const zone = useShownZone();
  const answer = useAnswer('packs.list', {});
  const [picked, setPicked] = useState<number[]>([]);
  const [opened, setOpened] = useState<PackPlace | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (answer.error) return <Notice kind="failed">{errorOf(answer.error).message}</Notice>;
  if (!answer.data) return <p className={screen.muted}>Reading the activity log…</p>;
  if (answer.data.length === 0)
    return (
      <p className={screen.muted}>
        No pack was made in this workspace yet. Each one made is listed here with its root and its recipe, so
        that two can be compared.
      </p>
    );
  const packs = answer.data;
  const toggle = (at: number) =>
    setPicked((now) => (now.includes(at) ? now.filter((one) => one !== at) : [...now.slice(-1), at]));
  const open = (packId: string) => {
    setProblem(null);
    window.exhibit.chooseFolder('evidence').then(
      (chosen) => chosen && setOpened({ into: chosen.id, folder: null, packId }),
      (thrown) => setProblem(errorOf(thrown).message),
    );
  };
  // The older one first: the list has the newest first.
  const [older, newer] = picked.toSorted((a, b) => b - a).map((at) => packs[at]);
  return (
    <>
      <section aria-labelledby="made-packs">
        <h2 id="made-packs">Packs made</h2>
        <p className={screen.muted}>Tick two to compare them.</p>
        <table className={screen.table} aria-labelledby="made-packs">
          <thead>
            <tr>
              <th>Compare</th>
              <th>Made</th>
              <th>Framework and period</th>
              <th>Version</th>
              <th className={screen.number}>Events</th>
              <th className={screen.number}>Sample</th>
              <th>Pack id and root</th>
              <th>Where</th>
            </tr>
          </thead>
          <tbody>
            {packs.map((pack, at) => (
              <tr key={`${pack.at} ${pack.packId}`}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Compare ${pack.packId} of ${pack.at}`}
                    checked={picked.includes(at)}
                    onChange={() => toggle(at)}
                  />
                </td>
                <td className={screen.nowrap}>
                  {formatMinute(pack.at, zone)}
                  <br />
                  <span className={screen.muted}>{pack.account}</span>
                </td>
                <td>
                  {frameworkNames[pack.request.framework].name}
                  <br />
                  {formatPeriod(pack.request, pack.request.zone)}
                </td>
                <td className={screen.nowrap}>
                  {pack.version} of {pack.versions}
                </td>
                <td className={screen.number}>{pack.events === null ? '–' : formatCount(pack.events)}</td>
                <td className={screen.number}>{pack.sampled === null ? '–' : formatCount(pack.sampled)}</td>
                <td>
                  <code>{pack.packId}</code>
                  <br />
                  <code>{pack.root === null ? '' : `${pack.root.slice(0, 16)}…`}</code>
                </td>
                <td className={styles.where}>
                  {pack.folder === null ? 'not noted' : <Recorded text={pack.folder} />}
                  <Button aria-label={`Open ${pack.packId} to sign off`} onPress={() => open(pack.packId)}>
                    Sign off…
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {problem === null ? null : <Notice kind="failed">{problem}</Notice>}
      {opened ? (
        <section className={styles.opened} aria-labelledby="opened-pack">
          <h3 id="opened-pack">
            Pack <code>{opened.packId}</code>
          </h3>
          <p className={screen.muted}>
            From the folder that you chose. A sign-off is added in it, and the ZIP file beside it is written
            anew.
          </p>
          <Checked pack={opened} />
          <SignOffs key={opened.into} pack={opened} name={opened.packId} />
        </section>
      ) : null}
      {older && newer ? <Compared older={older} newer={newer} /> : null}
    </>
  );
}

function Compared({ older, newer }: { older: MadePack; newer: MadePack }) {
  const differences = differencesOf(older.request, newer.request);
  const before = new Map(older.categories.map(({ category, rows }) => [category, rows]));
  const after = new Map(newer.categories.map(({ category, rows }) => [category, rows]));
  const figures = [...new Set([...before.keys(), ...after.keys()])]
    .map((category) => ({ category, was: before.get(category) ?? 0, is: after.get(category) ?? 0 }))
    .filter(({ was, is }) => was !== is);
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">What differs</h2>
      <p className={screen.muted}>
        {differences.length === 0
          ? 'Both recipes ask for the same. '
          : `${differences.length} of ${describeRequest(newer.request).length} points of the recipe differ. `}
        {older.root !== null && older.root === newer.root
          ? 'They hold the same events: their roots are equal.'
          : 'They hold different events.'}
      </p>
      <table className={screen.table} aria-labelledby="compared">
        <thead>
          <tr>
            <th>What</th>
            <th>Earlier pack</th>
            <th>Later pack</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.what}>
              <td>{one.what}</td>
              <td>{one.before}</td>
              <td>{one.after}</td>
            </tr>
          ))}
          {figures.map(({ category, was, is }) => (
            <tr key={category}>
              <td>Events, {category}</td>
              <td>{formatCount(was)}</td>
              <td>
                {formatCount(is)} ({is > was ? '+' : '−'}
                {formatCount(Math.abs(is - was))})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
