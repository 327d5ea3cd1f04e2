// Exports what the list shows, all rows of it: asks for the format, then for the folder.

import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { ExportFormat } from '#core/export-model.ts';
import { useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import overlay from '../controls/overlay.module.css';
import { startJob } from '../engine/jobs.ts';
import { formatPeriod } from '../words/period.ts';
import { formatNames } from './export-formats.ts';
import type { Question } from './question.ts';

type Props = { question: Question; isDisabled: boolean; onFailed(thrown: unknown): void };

export function ExportMenu({ question, isDisabled, onFailed }: Props) {
  const { from, to, zone } = useAddress();
  const start = async (format: ExportFormat) => {
    const folder = await window.exhibit.chooseFolder('save');
    if (!folder) return;
    const about = `events as ${formatNames[format].name}, ${formatPeriod({ from, to }, zone)}`;
    const input = { ...question.query, sort: question.sort, format, into: folder.id };
    await startJob('events.export', input, about);
  };
  return (
    <MenuTrigger>
      <Button weight="quiet" isDisabled={isDisabled}>
        Export…
      </Button>
      <Popover className={overlay.popover} placement="bottom end" offset={4}>
        <Menu
          className={overlay.list}
          aria-label="Export all rows as"
          onAction={(key) => void start(key as ExportFormat).catch(onFailed)}
        >
          {Object.entries(formatNames).map(([format, { name, use }]) => (
            <MenuItem key={format} id={format} className={overlay.item as string} textValue={name}>
              <span className={overlay.label}>{name}</span>
              <span className={overlay.aside}>{use}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
