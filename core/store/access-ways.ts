// Which events of the log change rights, and how: what the rules of the preset say that mapped each import.

import type { Database } from 'better-sqlite3';
import { createRuleFinder, type RuleFinder } from '#core/mapping/classify.ts';
import type { ActionRule } from '#core/mapping/form.ts';
import { parsePreset } from '#core/mapping/preset.ts';

/** As a rule's `access` says it. */
export type AccessWay = NonNullable<ActionRule['access']>;

export type WayFinder = {
  /** How an event with this import, kind and type of target changes rights; null where it does not. */
  wayOf(importId: number, kindId: number, targetType: string | null): AccessWay | null;
  /** Kinds of which some event passes ownership on. */
  ownerKinds: number[];
};

/** Finds ways by the mappings in the log. Make one for each pass over it. */
export function createWayFinder(db: Database): WayFinder {
  const mappingOf = new Map(
    db.prepare('SELECT id, mapping_id FROM import').raw().all() as [number, number][],
  );
  const actionOf = new Map(db.prepare('SELECT id, action FROM kind').raw().all() as [number, string][]);
  const finders = new Map<number, { find: RuleFinder; asksTarget: boolean; known: Map<string, Way> }>();
  const owners: RuleFinder[] = [];
  for (const [id, json] of db.prepare('SELECT id, json FROM mapping').raw().all() as [number, string][]) {
    const preset = parsePreset(json, `mapping ${id}`);
    const find = createRuleFinder(preset);
    const asksTarget = preset.actions.some((rule) => rule.target !== undefined);
    finders.set(id, { find, asksTarget, known: new Map() });
    if (preset.actions.some((rule) => rule.access === 'owner')) owners.push(find);
  }
  const wayOf = (importId: number, kindId: number, targetType: string | null): Way => {
    const finder = finders.get(mappingOf.get(importId) ?? 0);
    if (!finder) return null;
    const key = finder.asksTarget ? `${kindId} ${targetType ?? ''}` : String(kindId);
    let way = finder.known.get(key);
    if (way === undefined) {
      way = finder.find(actionOf.get(kindId) ?? '', targetType)?.rule.access ?? null;
      finder.known.set(key, way);
    }
    return way;
  };
  const types =
    owners.length > 0 ? (db.prepare('SELECT DISTINCT type FROM target').pluck().all() as Type[]) : [];
  const passesOn = (action: string) =>
    owners.some((find) => [null, ...types].some((type) => find(action, type)?.rule.access === 'owner'));
  return { wayOf, ownerKinds: [...actionOf].flatMap(([id, action]) => (passesOn(action) ? [id] : [])) };
}

type Way = AccessWay | null;
type Type = string | null;
