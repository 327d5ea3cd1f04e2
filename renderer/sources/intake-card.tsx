// One chosen file or folder: what it is, where it goes, and the settings a person may change.

import { useId, useState } from 'react';
import type { SourceSummary } from '#core/model.ts';
import { Button } from '../controls/button.tsx';
import { ComboLine } from '../controls/combo-line.tsx';
import field from '../controls/field.module.css';
import { Mark } from '../controls/mark.tsx';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import { useAnswer } from '../engine/engine.ts';
import { zoneChoices } from '../frame/zones.ts';
import { openMapping } from '../mapping/mapping-file.ts';
import { errorOf } from '../words/errors.ts';
import { formatBytes, formatCounted } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { changeIntake, type Intake, leaveOut, unknownShape } from './intake.ts';
import styles from './intake-card.module.css';
import { presetIdsOf, sourceOf, sourceProblem, zoneQuestion } from './settings.ts';

type Props = { intake: Intake; sources: SourceSummary[]; problem: string | null; onMap(): void };

export function IntakeCard({ intake, sources, problem, onMap }: Props) {
  const { grant, probe, error } = intake;
  const isLooking = probe === null && error === null;
  const isLost = error !== null || probe?.shapes.length === 0;
  const [opened, setOpened] = useState<boolean | null>(null);
  const needs = problem !== null && !isLost && !isLooking;
  // Its columns have to be mapped: the settings would ask what the mapping asks.
  const isUnknown = needs && unknownShape(intake) !== null && presetIdsOf(intake).length === 0;
  const isOpen = opened ?? (needs && !isUnknown);
  return (
    <article className={styles.card} aria-label={grant.name}>
      <header className={styles.head}>
        <h3>
          <Recorded text={grant.name} />
        </h3>
        {isLooking ? (
          <Mark kind="working">looking at it</Mark>
        ) : isLost ? (
          <Mark kind="failed">cannot be imported</Mark>
        ) : needs ? (
          <Mark kind="attention">needs an answer</Mark>
        ) : (
          <Mark kind="passed">ready</Mark>
        )}
        <span className={styles.size}>
          {grant.bytes === null ? formatCounted(probe?.found ?? 0, 'file') : formatBytes(grant.bytes)}
        </span>
        <Button weight="quiet" aria-label={`Leave out ${grant.name}`} onPress={() => leaveOut([grant.id])}>
          Leave out
        </Button>
      </header>
      {isLooking ? null : <p className={styles.words}>{isLost ? problem : describe(intake)}</p>}
      {needs && !isUnknown ? <p className={styles.problem}>{problem}</p> : null}
      {isUnknown ? <MappingDoors intake={intake} onMap={onMap} /> : null}
      {isLooking || isLost ? null : (
        <details
          open={isOpen}
          onToggle={(toggled) => {
            if (toggled.currentTarget.open !== isOpen) setOpened(toggled.currentTarget.open);
          }}
        >
          <summary>Settings</summary>
          <Settings intake={intake} sources={sources} onMap={onMap} />
        </details>
      )}
    </article>
  );
}

/** What it was found to be, as a sentence or two. */
function describe(intake: Intake): string {
  const { probe, preset } = intake;
  if (!probe) return '';
  const shapes = probe.shapes.map(({ recognised, files, format }) => {
    const what = recognised ? recognised.name : `${format.toUpperCase()} that no preset knows`;
    return probe.found === 1 ? what : `${formatCounted(files, 'file')}: ${what}`;
  });
  const found = preset ? `Read with ${preset.name}` : `Recognised as ${shapes.join('; ')}`;
  const source = sourceOf(intake);
  const where = source === null ? 'each into its vendor’s source' : `into the source “${source}”`;
  const known = preset !== null || probe.shapes.some(({ recognised }) => recognised);
  const first = known
    ? `${found}, ${where}.`
    : `${shapes.join('; ')}. Say what its columns mean, or choose a preset in the settings.`;
  const more = probe.found > probe.looked ? ` The first ${probe.looked} were looked at.` : '';
  const failed =
    probe.failed.length > 0 ? ` ${formatCounted(probe.failed.length, 'file')} cannot be read.` : '';
  return first + more + failed;
}

let zones: Choice[] | undefined;

function Settings({ intake, sources, onMap }: Omit<Props, 'problem'>) {
  const { grant, probe, preset, zone } = intake;
  const presets = useAnswer('presets.list', {}).data ?? [];
  const ids = presetIdsOf(intake);
  // What no preset reads is asked when it is mapped.
  const question = ids.length > 0 ? zoneQuestion(intake, sources) : null;
  const source = sourceOf(intake);
  const presetLabel = useId();
  const zoneLabel = useId();
  const change = (settings: Partial<Intake>) => changeIntake(grant.id, settings);
  zones ??= zoneChoices(new Date());
  const listed = presets.some((one) => one.id === preset?.id && (one.own?.text ?? one.id) === preset.text);
  // A mapping file that was opened goes before one of the same id that was used before.
  const own = listed ? null : preset;
  const choices: Choice[] = [
    { id: '', label: 'As recognised' },
    ...(own ? [{ id: own.id, label: own.name, aside: 'mapping file' }] : []),
    ...presets
      .filter(({ id }) => id !== own?.id)
      .map(({ id, name, vendor }) => ({ id, label: name, aside: vendor })),
  ];
  const single = probe?.shapes.length === 1 ? probe.shapes[0] : undefined;
  const knownBySingle = single?.recognised?.name ?? 'none knows it';
  const several = (probe?.shapes.length ?? 0) > 1;
  const presetWords = preset?.name ?? (several ? 'as recognised' : `as recognised: ${knownBySingle}`);
  const zoneWords = zone?.replaceAll('_', ' ') ?? 'Choose a time zone';
  return (
    <div className={styles.settings}>
      <ComboLine
        label="Source"
        value={source ?? ''}
        choices={sources.map(({ name }) => name)}
        onChange={(text) => change({ source: text === '' && several ? null : text })}
        placeholder={source === null ? 'each vendor’s own' : ''}
        hint="The system these events are of."
        error={sourceProblem(source, ids, zone, sources) ?? undefined}
      />
      <div className={field.field}>
        <span id={presetLabel} className={field.label}>
          Preset
        </span>
        <PickList
          name={`Preset for ${grant.name}: ${presetWords}`}
          search="Search presets"
          choices={choices}
          picked={[preset?.id ?? '']}
          several={false}
          onPick={([id]) => {
            if (id === undefined) return;
            const found = presets.find((one) => one.id === id);
            if (id === '') change({ preset: null });
            else if (found && id !== own?.id)
              change({
                preset: { id, text: found.own?.text ?? id, name: found.name, zone: found.own?.zone ?? null },
              });
          }}
        >
          {presetWords}
        </PickList>
      </div>
      {question !== null || zone !== null ? (
        <div className={field.field}>
          <span id={zoneLabel} className={field.label}>
            Time zone
          </span>
          <PickList
            name={`Time zone of ${grant.name}: ${zoneWords}`}
            search="Search time zones"
            choices={zones}
            picked={zone === null ? [] : [zone]}
            several={false}
            onPick={([picked]) => change({ zone: picked ?? null })}
          >
            {zoneWords}
          </PickList>
          <span className={field.hint}>
            {question === null ? '' : `Times like “${question}” do not say their zone.`}
          </span>
        </div>
      ) : null}
      {ids.length > 0 ? <MappingDoors intake={intake} onMap={onMap} /> : null}
    </div>
  );
}

/** The ways to another mapping: columns chosen one by one, or a file that says it. */
function MappingDoors({ intake, onMap }: Pick<Props, 'intake' | 'onMap'>) {
  const { grant, probe } = intake;
  const [failed, setFailed] = useState<string | null>(null);
  const several = (probe?.shapes.length ?? 0) > 1;
  const words = several
    ? 'Map the unknown files…'
    : probe?.shapes[0]?.recognised
      ? 'Change the mapping…'
      : 'Map its columns…';
  return (
    <div className={styles.doors}>
      <Button aria-label={`${words} ${grant.name}`} onPress={onMap}>
        {words}
      </Button>
      <Button
        weight="quiet"
        aria-label={`Open a mapping file… for ${grant.name}`}
        onPress={() => {
          setFailed(null);
          openMapping()
            .then((opened) => opened && changeIntake(grant.id, { preset: opened.chosen }))
            .catch((thrown) => setFailed(errorOf(thrown).message));
        }}
      >
        Open a mapping file…
      </Button>
      {failed === null ? null : (
        <p role="alert" className={`${field.error} ${styles.wide}`}>
          {failed}
        </p>
      )}
    </div>
  );
}
