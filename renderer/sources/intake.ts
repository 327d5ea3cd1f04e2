// What a person chose to import and has not imported yet: what each file was found to be, and the settings for it.
// Kept outside the screens, so that looking something up elsewhere loses nothing.

import { useSyncExternalStore } from 'react';
import type { EventRules } from '#core/mapping/event-rules.ts';
import type { ExportProbe, Probe } from '#core/mapping/export-probe.ts';
import type { Preset } from '#core/mapping/form.ts';
import type { Grant } from '#preload/desktop-api.ts';
import { go } from '../address/use-address.ts';
import { ask, askAgain } from '../engine/engine.ts';
import { startJob } from '../engine/jobs.ts';
import { errorOf } from '../words/errors.ts';

/** A preset a person chose: a bundled one by its id, else its JSON text. */
export type ChosenPreset = { text: string; id: string; name: string; zone: string | null };

/** A mapping in the making. */
export type Draft = {
  preset: Preset;
  vendor: string;
  source: string;
  /** Fields the person set; their confidence is the person's. */
  touched: string[];
  name: string;
  /** What event names mean, where the person said so. */
  rules: EventRules;
  /** Days the vendor keeps its log, as typed; null while nobody typed anything. */
  keeps: string | null;
};

export type Intake = {
  grant: Grant;
  /** null while it is looked at. */
  probe: Probe | null;
  error: string | null;
  /** What the person set; null leaves it to what was found. */
  source: string | null;
  preset: ChosenPreset | null;
  zone: string | null;
  draft: Draft | null;
};

let taken: readonly Intake[] = [];
const listeners = new Set<() => void>();

function settle(next: readonly Intake[]): void {
  taken = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useIntake = (): readonly Intake[] => useSyncExternalStore(subscribe, () => taken);

export function changeIntake(id: string, change: Partial<Intake>): void {
  settle(taken.map((one) => (one.grant.id === id ? { ...one, ...change } : one)));
}

/** For another workspace: what a file is may be another thing there. */
export const forgetIntake = (): void => settle([]);

/** Takes files off the list; nothing of them was stored. */
export function leaveOut(ids: readonly string[]): void {
  settle(taken.filter(({ grant }) => !ids.includes(grant.id)));
}

/** Takes chosen files in and looks at each. Where all that wait are of one unknown shape, its mapping opens. */
export async function takeIn(grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return;
  go({ screen: 'sources', import: null, map: null });
  const blank = { probe: null, error: null, source: null, preset: null, zone: null, draft: null };
  settle([...taken, ...grants.map((grant) => ({ grant, ...blank }))]);
  for (const { id } of grants) {
    try {
      changeIntake(id, { probe: await ask('imports.probe', { grant: id }) });
    } catch (thrown) {
      changeIntake(id, { error: errorOf(thrown).message });
    }
  }
  const first = taken[0];
  const shape = first && unknownShape(first);
  if (!shape || !taken.every((one) => isAlike(one, shape))) return;
  if (window.location.hash.startsWith('#/sources')) go({ map: first.grant.id });
}

/** The shape of a file that no preset knows and for which none is chosen; null of any other. */
export function unknownShape({ probe, preset, error }: Intake): ExportProbe | null {
  if (error !== null || preset !== null || !probe) return null;
  return probe.shapes.find(({ recognised }) => recognised === null) ?? null;
}

/** Whether a file waits for a mapping and has just this shape. */
export function isAlike(one: Intake, shape: ExportProbe): boolean {
  const own = unknownShape(one);
  return own !== null && shapeKey(own) === shapeKey(shape);
}

const shapeKey = ({ format, names }: ExportProbe): string => JSON.stringify([format, names]);

/** The files a mapping made for `one` is meant for: itself, and others that wait and have the same shape. */
export function mappedTogether(all: readonly Intake[], one: Intake): Intake[] {
  const shape = unknownShape(one);
  return shape ? all.filter((other) => other === one || isAlike(other, shape)) : [one];
}

/** Imports files with their settings, one job each. */
export function importTaken(intakes: readonly Intake[]): void {
  leaveOut(intakes.map(({ grant }) => grant.id));
  for (const { grant, source, preset, zone, probe } of intakes) {
    const used = probe?.shapes.length === 1 ? probe.shapes[0] : undefined;
    const input = {
      grants: [grant.id],
      // A mapping that was used before belongs to its source.
      source: source ?? (used?.recognised?.text ? used.source : null),
      preset: preset?.text ?? used?.recognised?.text ?? null,
      zone,
    };
    void startJob('imports.run', input, grant.name, () => void askAgain());
  }
}
