// What was tested on one row of the sample: a result for each attribute and words, kept in the request list.

import { useState } from 'react';
import { type TickResult, tickResults } from '#core/request-model.ts';
import type { Grant } from '#preload/desktop-api.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { PickList } from '../controls/pick-list.tsx';
import screen from '../controls/screen.module.css';
import { TextArea } from '../controls/text-area.tsx';
import { TextLine } from '../controls/text-line.tsx';
import { useRequests } from '../requests/calls.ts';
import { setPerson, usePerson } from '../review/person.ts';
import { errorOf } from '../words/errors.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatMinute } from '../words/time.ts';
import styles from './audit.module.css';
import { useOpenPack } from './open-pack.ts';
import { useAuditorSays } from './use-auditor-says.ts';

type Props = {
  grant: Grant;
  sample: string;
  row: string;
  attributes: { letter: string; heading: string }[];
};

export function TickForm({ grant, sample, row, attributes }: Props) {
  const { list, earlier } = useOpenPack();
  const kept = useRequests({ pack: grant.id, list, earlier }).data?.ticks.find(
    (tick) => tick.sample === sample && tick.row === row,
  );
  const person = usePerson();
  const say = useAuditorSays(grant);
  const [results, setResults] = useState<Record<string, TickResult> | null>(null);
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const now = results ?? kept?.results ?? {};
  const words = text ?? kept?.text ?? '';

  async function save(): Promise<void> {
    if (Object.keys(now).length === 0) return setProblem('Say of at least one attribute what came of it.');
    if (person.trim() === '') return setProblem('Set your name: each tick is kept with who made it.');
    setProblem(null);
    try {
      if (await say({ kind: 'tick', sample, row, results: now, text: words.trim() })) {
        setResults(null);
        setText(null);
      }
    } catch (thrown) {
      setProblem(`Nothing was kept; what you set is still here. ${errorOf(thrown).message}`);
    }
  }

  return (
    <section aria-label="Tested" className={styles.ticks}>
      <h3>Tested</h3>
      <div className={styles.ways}>
        {attributes.map(({ letter, heading }) => (
          <PickList
            key={letter}
            name={`${heading}: ${now[letter] ?? 'not tested'}`}
            search={heading}
            choices={tickResults.map((id) => ({ id, label: id }))}
            picked={now[letter] ? [now[letter]] : []}
            several={false}
            onPick={([picked]) => {
              const result = tickResults.find((one) => one === picked);
              if (result) setResults({ ...now, [letter]: result });
            }}
          >
            {`${heading}: ${now[letter] ?? 'not tested'}`}
          </PickList>
        ))}
      </div>
      <TextArea
        label="What was seen (optional)"
        value={words}
        onChange={setText}
        rows={2}
        maxLength={10_000}
      />
      <TextLine label="Your name" value={person} onChange={setPerson} maxLength={200} />
      {problem === null ? null : (
        <Notice kind="failed" live>
          {problem}
        </Notice>
      )}
      <div className={styles.ways}>
        <Button onPress={() => void save()}>Keep this result</Button>
        {kept ? (
          <span className={screen.muted}>
            kept <Recorded text={kept.person} />, {formatMinute(kept.at, 'UTC')}
          </span>
        ) : null}
      </div>
    </section>
  );
}
