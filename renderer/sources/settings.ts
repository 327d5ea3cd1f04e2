// What the settings of a file come to: the source it goes to, and what keeps it from being imported, in words.

import type { SourceSummary } from '#core/model.ts';
import type { Intake } from './intake.ts';
import { unknownShape } from './intake.ts';

/** The source a file goes to; null where each export of a folder goes to its vendor's own. */
export function sourceOf({ source, preset, probe }: Intake): string | null {
  if (source !== null) return source;
  const names = new Set((probe?.shapes ?? []).map((shape) => shape.source));
  if (preset !== null && names.size > 0) return null;
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

/** The preset ids its exports are read with. */
export function presetIdsOf({ preset, probe }: Intake): string[] {
  if (preset !== null) return [preset.id];
  return [...new Set((probe?.shapes ?? []).flatMap(({ recognised }) => recognised?.id ?? []))];
}

/** A time without a zone that has to be explained; null where nothing has to be asked. */
export function zoneQuestion(intake: Intake, sources: readonly SourceSummary[]): string | null {
  const { probe, preset } = intake;
  if (preset !== null && preset.zone !== null) return null;
  const known = sources.find(({ name }) => name === sourceOf(intake));
  if (known?.zone) return null;
  return probe?.shapes.find(({ zoneless }) => zoneless !== null)?.zoneless ?? null;
}

/** Why a source cannot take events of this preset or zone; null where it can. */
export function sourceProblem(
  source: string | null,
  presetIds: readonly string[],
  zone: string | null,
  sources: readonly SourceSummary[],
): string | null {
  if (source === null) return null;
  if (source.trim() === '') return 'A source needs a name.';
  const known = sources.find(({ name }) => name === source);
  if (!known) return null;
  const other = presetIds.find((id) => id !== known.preset);
  if (other !== undefined)
    return `“${source}” holds events read with ${known.preset}, and these are read with ${other}. Name another source.`;
  if (zone !== null && zone !== known.zone)
    return `“${source}” reads its times in ${known.zone ?? 'the zone its preset says'}. Name another source, or that zone.`;
  return null;
}

/** What keeps a file from being imported; null when nothing does. */
export function obstacle(intake: Intake, sources: readonly SourceSummary[]): string | null {
  if (intake.error !== null) return intake.error;
  if (intake.probe === null) return 'It is being looked at.';
  if (intake.probe.shapes.length === 0)
    return intake.probe.failed[0]?.message ?? 'It holds no export that can be read.';
  if (unknownShape(intake) && presetIdsOf(intake).length === 0)
    return 'No preset knows it. Map its columns, or choose a preset.';
  if (zoneQuestion(intake, sources) !== null && intake.zone === null)
    return 'Its times carry no zone. Choose the time zone they are in.';
  return sourceProblem(sourceOf(intake), presetIdsOf(intake), intake.zone, sources);
}
