// The controls of a framework with what the period holds for each, as several steps of a pack show them.

import type { Output } from '#core/contract.ts';
import type { Category, Framework } from '#core/model.ts';
import { useAnswer } from '../engine/engine.ts';

export type ControlList = Output<'pack.controls'>;

/** The controls of a framework; undefined until they are read. */
export const useControls = (framework: Framework): ControlList | undefined =>
  useAnswer('pack.controls', { framework }).data;

/** Events of any of the categories. */
export const rowsOf = (counts: ReadonlyMap<string, number>, categories: readonly Category[]): number =>
  categories.reduce((sum, category) => sum + (counts.get(category) ?? 0), 0);
