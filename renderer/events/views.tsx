// Saved views: what is asked, in which zone, order and columns, under a name. Handed on as one line of text.

import { useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { parseView, printView, type SavedView, type ViewSetup } from '#core/query/view.ts';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { Icon } from '../controls/icon.tsx';
import overlay from '../controls/overlay.module.css';
import { TextLine } from '../controls/text-line.tsx';
import { connection, queries, useAnswer } from '../engine/engine.ts';
import { offerUndo } from '../undo/undo.ts';
import { UndoLine } from '../undo/undo-line.tsx';
import { errorOf } from '../words/errors.ts';
import { spellTokens } from '../words/tokens.ts';
import { showView } from './show-view.ts';
import { layoutNow } from './use-layout.ts';
import styles from './views.module.css';

export function Views() {
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button weight="quiet">Views</Button>
      <Popover className={overlay.popover} placement="bottom end" offset={4}>
        <Dialog aria-label="Saved views" className={`${overlay.dialog} ${styles.views}`}>
          <Choice onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Choice({ onDone }: { onDone(): void }) {
  const views = useAnswer('views.list', {});
  const [failed, setFailed] = useState<string | null>(null);
  const keep = (change: Promise<SavedView[]>, then?: () => void) => {
    setFailed(null);
    change.then(
      (saved) => {
        queries.setQueryData(['views.list', {}], saved);
        then?.();
      },
      (thrown) => setFailed(errorOf(thrown).message),
    );
  };
  const error = failed ?? (views.error ? errorOf(views.error).message : null);
  return (
    <>
      {views.data?.length === 0 ? <p className={styles.none}>No view is saved yet.</p> : null}
      <ul className={styles.list} aria-label="Saved views">
        {views.data?.map((view) => (
          <li key={view.name} className={styles.line}>
            <Button
              weight="quiet"
              onPress={() => {
                showView(view.setup);
                onDone();
              }}
            >
              <span className={styles.name}>{spellTokens(view.name)}</span>
            </Button>
            <CopyButton name={`Copy view ${view.name} as text`} text={printView(view)} />
            <Button
              weight="quiet"
              aria-label={`Remove view ${view.name}`}
              onPress={() =>
                keep(remove(view.name), () =>
                  offerUndo(`The view “${spellTokens(view.name)}” was removed.`, async () => {
                    queries.setQueryData(['views.list', {}], await save(view.name, view.setup));
                  }),
                )
              }
            >
              <Icon name="close" size={10} />
            </Button>
          </li>
        ))}
      </ul>
      {error === null ? null : (
        <p role="alert" className={styles.failed}>
          {error}
        </p>
      )}
      <SaveForm
        taken={views.data?.map(({ name }) => name) ?? []}
        onSave={(name, setup, done) => keep(save(name, setup), done)}
      />
      <PasteForm onDone={onDone} />
      <UndoLine within />
    </>
  );
}

const save = async (name: string, setup: ViewSetup) =>
  (await connection.client()).command('views.save', { name, setup });
const remove = async (name: string) => (await connection.client()).command('views.remove', { name });

type SaveProps = { taken: string[]; onSave(name: string, setup: ViewSetup, done: () => void): void };

function SaveForm({ taken, onSave }: SaveProps) {
  const { filter, from, to, zone, shown, sort } = useAddress();
  const [name, setName] = useState('');
  const given = name.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (given === '') return;
        const setup = { filter, from, to, zone, shown, sort, columns: [...layoutNow()] };
        onSave(given, setup, () => setName(''));
      }}
    >
      <TextLine
        label="Save this view as"
        value={name}
        onChange={setName}
        hint={
          taken.includes(given)
            ? 'The view of this name is replaced.'
            : 'Filter, period, zones, order and columns.'
        }
        maxLength={200}
      />
      <Button type="submit" isDisabled={given === ''}>
        Save view
      </Button>
    </form>
  );
}

function PasteForm({ onDone }: { onDone(): void }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        try {
          showView(parseView(text).setup);
          onDone();
        } catch (thrown) {
          setWrong(errorOf(thrown).message);
        }
      }}
    >
      <TextLine
        label="Open a view from its text"
        value={text}
        onChange={(next) => {
          setText(next);
          setWrong(undefined);
        }}
        hint="The line somebody copied for you."
        error={wrong}
        maxLength={20_000}
      />
      <Button type="submit" isDisabled={text.trim() === ''}>
        Open view
      </Button>
    </form>
  );
}
