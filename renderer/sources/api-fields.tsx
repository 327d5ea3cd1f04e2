// What an API asks for: its address, its parameters, where the first sync begins.

import type { DraftOf } from '#core/sync-calls.ts';
import type { ConnectorInfo } from '#core/sync-model.ts';
import { TextLine } from '../controls/text-line.tsx';
import type { Part } from './connect-draft.ts';
import { PickField } from './pick-field.tsx';

type Props = Part<DraftOf<'api'>> & { connector: ConnectorInfo };

export function ApiFields({ draft, change, problem, connector }: Props) {
  const { base, feed, parameters, since } = draft;
  const path = connector.feeds.find(({ id }) => id === feed)?.path ?? '';
  const asked = connector.parameters.filter(
    (one) => one.query !== undefined || path.includes(`{${one.name}}`),
  );
  return (
    <>
      <TextLine
        label="Base URL"
        value={base}
        onChange={(value) => change({ base: value })}
        hint="https only, except on this computer"
        error={problem('base')}
      />
      {connector.feeds.length > 1 ? (
        <PickField
          label="What to sync"
          value={feed}
          choices={connector.feeds.map((one) => ({ id: one.id, label: one.name }))}
          onChange={(id) => change({ feed: id, parameters: {} })}
        />
      ) : null}
      {asked.map((one) => (
        <TextLine
          key={one.name}
          label={one.label}
          value={parameters[one.name] ?? ''}
          onChange={(value) => change({ parameters: { ...parameters, [one.name]: value } })}
          error={problem(one.name)}
          {...(one.narrows ? { hint: 'Leave it empty to sync everything' } : {})}
        />
      ))}
      <TextLine
        label="Begin with the day"
        value={since}
        onChange={(value) => change({ since: value })}
        hint="2026-01-31; empty: as far back as usual"
        error={problem('since')}
      />
    </>
  );
}
