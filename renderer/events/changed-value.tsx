// What a value was and what it is: rights by what was added and taken, objects key by key, texts word by word. What
// went is struck through, what came is underlined, so that it needs no colour.

import { type Comparison, compareValues } from '../words/comparison.ts';
import { layOutJson } from '../words/json-lines.ts';
import { formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import styles from './changed-value.module.css';

type Props = {
  oldValue: string | null;
  newValue: string | null;
  names?: [old: string, new: string];
  /** What is said where there is no value. */
  none?: string;
  /** The values are sets of rights, in whatever form. */
  isRights?: boolean;
};

export function ChangedValue({
  oldValue,
  newValue,
  names: [before, after] = ['Old value', 'New value'],
  none = 'no value',
  isRights = false,
}: Props) {
  const compared = compareValues(oldValue, newValue, isRights);
  if (compared?.kind === 'set') return <ChangedSet compared={compared} isRights={isRights} />;
  if (compared?.kind === 'keys' && compared.keys.length > 0)
    return <ChangedKeys compared={compared} names={[before, after]} />;
  const pieces = compared?.kind === 'text' ? compared.pieces : null;
  return (
    <dl className={styles.change}>
      <dt>{before}</dt>
      <dd>{oldValue === null ? <None>{none}</None> : <Side of="old" whole={oldValue} pieces={pieces} />}</dd>
      <dt>{after}</dt>
      <dd>{newValue === null ? <None>{none}</None> : <Side of="new" whole={newValue} pieces={pieces} />}</dd>
    </dl>
  );
}

const None = ({ children }: { children: string }) => <span className={styles.none}>{children}</span>;

type Pieces = Extract<Comparison, { kind: 'text' }>['pieces'];

function Side({ of, whole, pieces }: { of: 'old' | 'new'; whole: string; pieces: Pieces | null }) {
  if (pieces === null) return <Recorded text={layOutJson(whole)} keep={'\n'} />;
  return pieces.map(({ kind, text }, at) =>
    kind === 'same' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
      <Recorded key={at} text={text} />
    ) : kind !== of ? null : of === 'old' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
      <del key={at}>
        <Recorded text={text} />
      </del>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
      <ins key={at}>
        <Recorded text={text} />
      </ins>
    ),
  );
}

function ChangedSet({
  compared: { added, removed, kept },
  isRights,
}: {
  compared: Extract<Comparison, { kind: 'set' }>;
  isRights: boolean;
}) {
  const rows = [
    { name: isRights ? 'Given' : 'Added', of: 'new', words: added },
    { name: isRights ? 'Taken' : 'Removed', of: 'old', words: removed },
    { name: 'Kept', of: 'same', words: kept },
  ].filter(({ words }) => words.length > 0);
  if (added.length + removed.length === 0) rows.unshift({ name: 'Changed', of: 'same', words: [] });
  return (
    <dl className={styles.change}>
      {rows.map(({ name, of, words }) => (
        <div key={name} className={styles.row}>
          <dt>{name}</dt>
          <dd>
            {words.length === 0 ? (
              <None>nothing, the same are listed</None>
            ) : (
              <ul className={styles.words}>
                {words.map((word) => (
                  <li key={word}>
                    {of === 'new' ? (
                      <ins>
                        <Recorded text={word} />
                      </ins>
                    ) : of === 'old' ? (
                      <del>
                        <Recorded text={word} />
                      </del>
                    ) : (
                      <Recorded text={word} />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type KeysProps = { compared: Extract<Comparison, { kind: 'keys' }>; names: [string, string] };

function ChangedKeys({ compared: { keys, same }, names: [before, after] }: KeysProps) {
  return (
    <div className={styles.keys}>
      <table>
        <thead>
          <tr>
            <th>Key</th>
            <th>{before}</th>
            <th>{after}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ key, old, new: now }) => {
            const compared = old !== null && now !== null ? compareValues(old, now, false) : null;
            const pieces = compared?.kind === 'text' ? compared.pieces : null;
            return (
              <tr key={key}>
                <th scope="row">
                  <Recorded text={key} />
                </th>
                <td>
                  {old === null ? (
                    <None>not there</None>
                  ) : pieces ? (
                    <Side of="old" whole={old} pieces={pieces} />
                  ) : (
                    <del>
                      <Recorded text={old} />
                    </del>
                  )}
                </td>
                <td>
                  {now === null ? (
                    <None>not there</None>
                  ) : pieces ? (
                    <Side of="new" whole={now} pieces={pieces} />
                  ) : (
                    <ins>
                      <Recorded text={now} />
                    </ins>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {same === 0 ? null : (
        <p>
          {same === 1
            ? 'One other key stayed as it was.'
            : `${formatCount(same)} other keys stayed as they were.`}
        </p>
      )}
    </div>
  );
}
