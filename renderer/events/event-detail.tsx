// What the detail pane says about one event, from the sentence down to the record as it is stored.

import type { ReactNode } from 'react';
import type { EventDetail } from '#core/event-model.ts';
import type { Word } from '#core/glossary.ts';
import type { TimeBasis } from '#core/model.ts';
import { AboutLink, aboutActor, aboutIp, aboutTarget } from '../about/about-link.tsx';
import { MergedInto } from '../about/persons.tsx';
import { useShownZone } from '../address/use-address.ts';
import { CopyButton } from '../controls/copy-button.tsx';
import { Notice } from '../controls/notice.tsx';
import { Explained } from '../glossary/help.tsx';
import { CategoryWord } from '../marks/category-word.tsx';
import { formatBytes, formatCount } from '../words/numbers.ts';
import { Recorded } from '../words/recorded.tsx';
import { type Part, targetOf, whatHappened } from '../words/sentence.ts';
import { formatInstant } from '../words/time.ts';
import { Around } from './around.tsx';
import { ChangedValue } from './changed-value.tsx';
import styles from './event-detail.module.css';
import { Notes } from './notes.tsx';
import { RawRecord } from './raw-record.tsx';
import { VerifyEvent } from './verify-event.tsx';

const timeBases: Record<TimeBasis, string> = {
  explicit: 'The record itself says its zone.',
  declared: 'The record names no zone; the preset, or a person, does.',
  assumed: 'Neither the record nor the preset names a zone, so it was assumed.',
};

const actorTypes = { human: 'person', service: 'service', system: 'system', unknown: 'kind not known' };

export function EventDetailView({ detail }: { detail: EventDetail }) {
  const zone = useShownZone();
  const { event, provenance } = detail;
  return (
    <>
      <p className={styles.time}>{formatInstant(event.time, zone)}</p>
      <p className={styles.sentence}>
        {whatHappened(event).map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed sentence
          <SentencePart key={at} part={part} />
        ))}
      </p>
      {provenance.replacedBy === null ? null : (
        <Notice kind="attention">
          This is how the record was mapped by import {formatCount(event.import)}. Import{' '}
          {formatCount(provenance.replacedBy.import)} replaced it on{' '}
          {formatInstant(provenance.replacedBy.at, zone)}: this event stays in the log and counts no more.
        </Notice>
      )}
      {event.oldValue === null && event.newValue === null ? null : (
        <ChangedValue oldValue={event.oldValue} newValue={event.newValue} isRights={event.subject !== null} />
      )}

      <Facts title="As understood">
        <Fact name="Action">{event.action}</Fact>
        <Fact name="Category" word="category">
          <CategoryWord category={event.category} />
        </Fact>
        <Fact name="Actor" aside={actorTypes[event.actorType]}>
          {event.actor === null ? null : (
            <>
              <AboutLink about={aboutActor(event.actor)} />
              <MergedInto name={event.actor} />
            </>
          )}
        </Fact>
        <Fact name="Target" word="target" aside={event.targetType}>
          {targetOf(event) === null ? null : (
            <AboutLink about={aboutTarget(event)}>{targetOf(event) ?? ''}</AboutLink>
          )}
        </Fact>
        <Fact name="Target id">{event.targetName === null ? null : event.targetId}</Fact>
        <Fact name="Belongs to">{event.scope}</Fact>
        <Fact name="Subject" word="subject">
          {event.subject === null ? null : (
            <>
              <AboutLink about={aboutActor(event.subject)} />
              <MergedInto name={event.subject} />
            </>
          )}
        </Fact>
        <Fact name="Field" word="field">
          {event.field}
        </Fact>
        <Fact name="IP address">{event.ip === null ? null : <AboutLink about={aboutIp(event.ip)} />}</Fact>
        <Fact name="Outcome">{event.outcome === 'unknown' ? 'not recorded' : event.outcome}</Fact>
      </Facts>

      <Notes uid={event.uid} />

      {provenance.replacedBy === null ? <Around event={event} /> : null}

      <Facts title="Where it comes from">
        <Fact name="Source">{event.source}</Fact>
        <Fact name="File" aside={formatBytes(provenance.bytes)}>
          {provenance.file}
        </Fact>
        <Fact name={provenance.rowKind === 'line' ? 'Line' : 'Record'}>
          {formatCount(event.row)}
          {provenance.byte === null ? '' : `, byte ${formatCount(provenance.byte)}`}
        </Fact>
        <Fact name="File SHA-256" copy={provenance.sha256}>
          <code>{provenance.sha256}</code>
        </Fact>
        <Fact name="Record SHA-256" copy={detail.recordHash}>
          <code>{detail.recordHash}</code>
        </Fact>
        <Fact name="Imported">
          {formatInstant(provenance.importedAt, zone)}, import {formatCount(event.import)}
        </Fact>
        <Fact name="Preset" word="preset">
          {provenance.preset}
        </Fact>
        <Fact name="Time as read">
          <code>
            <Recorded text={event.timeText} />
          </code>
        </Fact>
        <Fact name="Time zone">{timeBases[event.timeBasis]}</Fact>
        <Fact name="Event id" copy={event.uid}>
          <code>{event.uid}</code>
        </Fact>
      </Facts>
      <VerifyEvent uid={event.uid} />

      <RawRecord detail={detail} />
    </>
  );
}

function SentencePart({ part }: { part: Part }) {
  if (part.kind === 'word') return part.text;
  const text = <Recorded text={part.text} />;
  return part.kind === 'name' ? <strong>{text}</strong> : <>“{text}”</>;
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles.facts}>{children}</dl>
    </section>
  );
}

type FactProps = { name: string; word?: Word; aside?: string | null; copy?: string; children: ReactNode };

/** One line of the list; left out when there is nothing to say. */
function Fact({ name, word, aside, copy, children }: FactProps) {
  if (children === null) return null;
  return (
    <>
      <dt>{word === undefined ? name : <Explained word={word}>{name}</Explained>}</dt>
      <dd>
        <span className={styles.said}>
          {typeof children === 'string' ? <Recorded text={children} /> : children}
          {aside ? <span className={styles.aside}> {aside}</span> : null}
        </span>
        {copy === undefined ? null : <CopyButton name={`Copy ${name}`} text={copy} />}
      </dd>
    </>
  );
}
