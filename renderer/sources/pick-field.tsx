// A choice of one from a list, with its label above like any field.

import { Button } from '../controls/button.tsx';
import field from '../controls/field.module.css';
import { PickList } from '../controls/pick-list.tsx';

type Props<V extends string> = {
  label: string;
  value: V;
  choices: readonly { id: V; label: string }[];
  onChange(value: V): void;
  hint?: string;
};

export function PickField<V extends string>({ label, value, choices, onChange, hint }: Props<V>) {
  const chosen = choices.find(({ id }) => id === value)?.label ?? '';
  return (
    <div className={field.field}>
      <span className={field.label}>{label}</span>
      <span>
        <PickList
          name={`${label}: ${chosen}`}
          search="Find"
          choices={[...choices]}
          picked={[value]}
          several={false}
          onPick={([id]) => id !== undefined && onChange(id as V)}
        >
          {chosen}
        </PickList>
      </span>
      {hint === undefined ? null : <span className={field.hint}>{hint}</span>}
    </div>
  );
}

type FolderProps = { label: string; name: string; error: string | undefined; onChoose(): void };

/** A folder that the system’s dialog chooses: the page learns its name, never its path. */
export function FolderField({ label, name, error, onChoose }: FolderProps) {
  return (
    <div className={field.field}>
      <span className={field.label}>{label}</span>
      <span>
        <Button aria-describedby="folder-problem" data-problem={error !== undefined} onPress={onChoose}>
          Choose a folder to watch…
        </Button>
      </span>
      <span id="folder-problem" className={error === undefined ? field.hint : field.error}>
        {error ?? (name === '' ? '' : `“${name}”, with all folders below it`)}
      </span>
    </div>
  );
}
