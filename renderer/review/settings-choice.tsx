// Shows what reviews are measured by, and opens the form that sets it, from wherever something is measured by it.

import { useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { hoursInWords } from '#core/working-hours.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import overlay from '../controls/overlay.module.css';
import { useSettings } from './settings.ts';
import styles from './settings-choice.module.css';
import { SettingsForm } from './settings-form.tsx';

export function SettingsChoice() {
  const settings = useSettings();
  const [open, setOpen] = useState(false);
  if (settings === null) return null;
  const words = settings.hours === null ? 'not set' : hoursInWords(settings.hours);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button>
        <Icon name="clock" size={14} />
        {`Working hours: ${words}. Settings…`}
        <Icon name="down" size={12} />
      </Button>
      <Popover className={`${overlay.popover} ${styles.scrolled}`} placement="bottom end" offset={4}>
        <Dialog aria-label="Settings of reviews" className={overlay.dialog}>
          <SettingsForm kept={settings} onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
