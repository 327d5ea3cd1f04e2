// A button that opens a searchable list of values to pick one or several from.

import { type ReactNode, useState } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { TextField } from 'react-aria-components/TextField';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './overlay.module.css';

export type Choice = {
  id: string;
  label: string;
  /** Said beside the label, in grey. */
  aside?: string;
};

type Props = {
  /** Accessible name of the button; `children` is what it shows. */
  name: string;
  children: ReactNode;
  search: string;
  choices: Choice[];
  picked: string[];
  several: boolean;
  onPick(ids: string[]): void;
  /** Said below the list. */
  note?: string;
  placement?: 'bottom start' | 'bottom end';
};

export function PickList(props: Props) {
  const { name, children, search, choices, picked, several, onPick, note } = props;
  const [open, setOpen] = useState(false);
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button aria-label={name}>
        {children}
        <Icon name="down" size={12} />
      </Button>
      <Popover className={styles.popover} placement={props.placement ?? 'bottom start'} offset={4}>
        <Dialog aria-label={name} className={styles.dialog}>
          <Autocomplete filter={contains}>
            <TextField aria-label={search} className={styles.search} autoFocus>
              {/* The list is always open and the arrows walk in it from here: that is a combo box. */}
              <Input placeholder={search} role="combobox" aria-expanded={true} />
            </TextField>
            <ListBox
              aria-label={name}
              className={styles.list}
              items={choices}
              escapeKeyBehavior="none"
              selectionMode={several ? 'multiple' : 'single'}
              selectedKeys={picked}
              onSelectionChange={(keys) => {
                if (keys === 'all') return;
                onPick([...keys].map(String));
                if (!several) setOpen(false);
              }}
              renderEmptyState={() => <div className={styles.none}>Nothing found.</div>}
            >
              {(choice) => (
                <ListBoxItem
                  id={choice.id}
                  textValue={`${choice.label} ${choice.aside ?? ''}`}
                  className={styles.item as string}
                >
                  {({ isSelected }) => (
                    <>
                      <span className={styles.sign}>
                        {isSelected ? <Icon name="check" size={12} /> : null}
                      </span>
                      <span className={styles.label}>{choice.label}</span>
                      {choice.aside ? <span className={styles.aside}>{choice.aside}</span> : null}
                    </>
                  )}
                </ListBoxItem>
              )}
            </ListBox>
          </Autocomplete>
          {note ? <div className={styles.none}>{note}</div> : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
