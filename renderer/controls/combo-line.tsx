// One line of text that offers known values: any other may be typed.

import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import field from './field.module.css';
import { FieldWords, type FieldWordsProps } from './field-words.tsx';
import overlay from './overlay.module.css';

type Props = FieldWordsProps & {
  label: string;
  value: string;
  choices: string[];
  onChange(value: string): void;
  placeholder?: string;
};

export function ComboLine({ label, value, choices, onChange, hint, error, placeholder }: Props) {
  return (
    <ComboBox
      className={field.field as string}
      inputValue={value}
      onInputChange={onChange}
      allowsCustomValue
      isInvalid={error !== undefined}
      menuTrigger="input"
    >
      <Label className={field.label}>{label}</Label>
      <Input className={field.input as string} maxLength={200} placeholder={placeholder} />
      <FieldWords hint={hint} error={error} />
      <Popover className={overlay.popover} placement="bottom start" offset={4}>
        <ListBox className={overlay.list} items={choices.map((id) => ({ id }))}>
          {({ id }) => (
            <ListBoxItem id={id} textValue={id} className={overlay.item as string}>
              {id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
