// The page about an actor, a target or an address: seen when, how often, with what; what changed, which rights, which
// sessions. Every figure leads to its rows.

import type { ReactNode } from 'react';
import { type About, type AboutKind, aboutQuestions, filterOfAbout } from '#core/about.ts';
import type { Category, EventRow } from '#core/model.ts';
import type { Facet } from '#core/query/summaries.ts';
import { usualSettings } from '#core/review-model.ts';
import type { Address } from '../address/address.ts';
import { filterOf } from '../address/filter-of.ts';
import { hrefOf, useAddress, useShownZone } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import screen from '../controls/screen.module.css';
import { useAnswer } from '../engine/engine.ts';
import { Histogram } from '../events/histogram.tsx';
import { CategoryWord } from '../marks/category-word.tsx';
import { useSettings } from '../review/settings.ts';
import { errorOf } from '../words/errors.ts';
import { formatCount, formatCounted } from '../words/numbers.ts';
import { formatPeriod } from '../words/period.ts';
import { Recorded } from '../words/recorded.tsx';
import { formatInstant, inZone } from '../words/time.ts';
import styles from './about.module.css';
import { AboutLink, aboutActor } from './about-link.tsx';
import { MergedInto } from './persons.tsx';
import { Changes, Rights, Sessions } from './sections.tsx';

const kinds: Record<AboutKind, string> = {
  actor: 'Actor',
  target: 'Target',
  ip: 'IP address',
  person: 'Person under several names',
};

export function AboutPage({ about }: { about: About }) {
  const address = useAddress();
  const settings = useSettings();
  const log = useAnswer('workspace.summary', {}).data;
  const { from, to, zone } = address;
  const day = (time: string | null | undefined) => inZone(time ?? '', zone)?.date ?? '1970-01-01';
  const held = { first: day(log?.firstTime), last: day(log?.lastTime) };
  const ask = aboutQuestions(about, { from, to, zone }, held, settings ?? usualSettings);
  const isReady = log !== undefined && settings !== null;
  return (
    <article className={styles.page} aria-labelledby="about-name">
      <Lead about={about} ask={ask} />
      <Histogram query={ask.events} isSound />
      <Counts about={about} ask={ask} />
      {isReady ? (
        <>
          <Changes about={about} asked={ask.changes} />
          {ask.rights === null ? null : <Rights about={about} asked={ask.rights} />}
          <Sessions about={about} asked={ask.sessions} />
        </>
      ) : null}
    </article>
  );
}

type Ask = ReturnType<typeof aboutQuestions>;

function Lead({ about, ask }: { about: About; ask: Ask }) {
  const address = useAddress();
  const edge = (direction: 'asc' | 'desc') => ({
    ...ask.always,
    first: 0,
    limit: 1,
    sort: { by: 'time' as const, direction },
  });
  const all = useAnswer('events.total', ask.always);
  const inPeriod = useAnswer('events.total', ask.events);
  const first = useAnswer('events.window', edge('asc'));
  const last = useAnswer('events.window', edge('desc'));
  const failed = all.error ?? inPeriod.error ?? first.error ?? last.error;
  const filter = filterOfAbout(about);
  const isAllTime = address.from === null && address.to === null;
  const newest = last.data?.rows[0];
  const title = (about.kind === 'target' && newest?.targetName) || about.name;
  return (
    <header>
      <p className={screen.muted}>
        {kinds[about.kind]}
        {about.type === null ? '' : `, ${about.type}`}
        {about.source === null ? '' : `, ${about.source}`}
      </p>
      <h2 id="about-name" className={styles.name}>
        <Recorded text={title} />
        {title === about.name ? null : (
          <span className={styles.type}>
            {' '}
            <Recorded text={about.name} />
          </span>
        )}
      </h2>
      {about.kind === 'actor' ? (
        <p>
          <MergedInto name={about.name} />
        </p>
      ) : null}
      {about.kind === 'person' ? <Members name={about.name} /> : null}
      {failed ? (
        <Notice kind="failed" live>
          When it was seen is not known; nothing was changed. {errorOf(failed).message}{' '}
          <Button
            weight="quiet"
            onPress={() => {
              for (const answer of [all, inPeriod, first, last]) if (answer.error) void answer.refetch();
            }}
          >
            Ask again
          </Button>
        </Notice>
      ) : null}
      {failed ? null : all.data?.total === 0 ? (
        <p className={styles.lead}>No event in the imported logs names it.</p>
      ) : (
        <dl className={styles.facts}>
          <dt>First seen</dt>
          <dd>{first.data ? <Seen row={first.data.rows[0]} filter={filter} /> : '…'}</dd>
          <dt>Last seen</dt>
          <dd>{last.data ? <Seen row={newest} filter={filter} /> : '…'}</dd>
          <dt>Events</dt>
          <dd>
            <EventsLink filter={filter} change={{ from: null, to: null }}>
              {all.data ? `${formatCount(all.data.total)} over the whole log` : '…'}
            </EventsLink>
            {isAllTime || !inPeriod.data ? null : (
              <>
                ,{' '}
                <EventsLink filter={filter}>
                  {`${formatCount(inPeriod.data.total)} in the period ${formatPeriod(address, address.zone)}`}
                </EventsLink>
              </>
            )}
          </dd>
        </dl>
      )}
    </header>
  );
}

/** The names a person was merged of. */
function Members({ name }: { name: string }) {
  const { data } = useAnswer('identities.list', {});
  const person = data?.identities.find((one) => one.name === name);
  if (!data) return null;
  return (
    <p className={screen.muted}>
      {person === undefined
        ? 'Nobody merged names into this person; events of an actor of this name are shown.'
        : 'Merged of '}
      {person?.members.map((member, at) => (
        <span key={member}>
          {at === 0 ? '' : ', '}
          <AboutLink about={aboutActor(member)} />
        </span>
      ))}
    </p>
  );
}

type LinkProps = { filter: string; change?: Partial<Address>; children: ReactNode };

function EventsLink({ filter, change = {}, children }: LinkProps) {
  const address = useAddress();
  return <a href={hrefOf(address, { screen: 'events', filter, ...change })}>{children}</a>;
}

/** When, as a link to that event in the list of its own. */
function Seen({ row, filter }: { row: EventRow | undefined; filter: string }) {
  const zone = useShownZone();
  if (!row) return 'never';
  return (
    <EventsLink filter={filter} change={{ event: row.uid, from: null, to: null }}>
      {formatInstant(row.time, zone)}
    </EventsLink>
  );
}

const facetNames: Partial<Record<Facet['key'], string>> = {
  category: 'What happened',
  source: 'Sources',
  actor: 'Actors',
  target: 'Targets',
  ip: 'IP addresses',
  field: 'Fields',
};

function Counts({ about, ask }: { about: About; ask: Ask }) {
  const answer = useAnswer('events.facets', { ...ask.events, facets: ask.facets });
  if (answer.error)
    return (
      <Notice kind="failed" live>
        What it was about could not be counted. {errorOf(answer.error).message}
      </Notice>
    );
  if (!answer.data)
    return (
      <p role="status" className={screen.muted}>
        Counting…
      </p>
    );
  if (answer.data.total === 0) return <p className={screen.muted}>No event of it in this period.</p>;
  return (
    <div className={styles.found}>
      {answer.data.facets.map((facet) => (
        <Count key={facet.key} about={about} facet={facet} />
      ))}
    </div>
  );
}

function Count({ about, facet: { key, values, more } }: { about: About; facet: Facet }) {
  const known = values.filter(({ value }) => value !== null);
  const most = Math.max(1, ...known.map(({ count }) => count));
  if (known.length === 0) return null;
  const own = filterOfAbout(about);
  return (
    <section aria-labelledby={`count-${key}`}>
      <h3 id={`count-${key}`}>{about.kind === 'person' && key === 'actor' ? 'Names' : facetNames[key]}</h3>
      <ul className={styles.counts}>
        {known.map(({ value, label, type, count }) => {
          const name = value ?? '';
          const filter = `${own} ${filterOf([...(key === 'target' ? [['type', type] as ['type', string | null]] : []), [key, name]])}`;
          return (
            <li key={`${type} ${name}`}>
              <span>
                {key === 'category' ? (
                  <CategoryWord category={name as Category} />
                ) : key === 'actor' || key === 'target' || key === 'ip' ? (
                  <>
                    {key === 'target' && type !== null ? <span className={styles.type}>{type} </span> : null}
                    <AboutLink
                      about={{ kind: key, name, source: null, type: key === 'target' ? type : null }}
                    >
                      {label ?? name}
                    </AboutLink>
                  </>
                ) : (
                  <Recorded text={name} />
                )}
              </span>
              <span className={styles.bar} aria-hidden="true">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className={styles.count}>
                <EventsLink filter={filter}>
                  {formatCount(count)}
                  <span className="unseen">{count === 1 ? ' event' : ' events'}</span>
                </EventsLink>
              </span>
            </li>
          );
        })}
      </ul>
      {more > 0 ? <p className={screen.muted}>{`and ${formatCounted(more, 'other')}`}</p> : null}
    </section>
  );
}
