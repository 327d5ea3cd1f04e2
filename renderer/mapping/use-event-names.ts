// The event names of the file that is mapped, as its present mapping reads them.

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { finishDraft, readingOf } from '#core/mapping/draft-preset.ts';
import type { EventNames, ExportProbe } from '#core/mapping/export-probe.ts';
import type { Preset, Variant } from '#core/mapping/form.ts';
import { askNames, type RecordsFrom } from './records-from.ts';

/** Longer than any honest file takes: only its beginning is read. */
const patience = 30_000;

/** Asks again only where something changed that says which names there are, or whether they carry values and a target. */
export function useEventNames(
  from: RecordsFrom,
  shape: ExportProbe,
  preset: Preset,
): UseQueryResult<EventNames> {
  const text = JSON.stringify(onlyNames(finishDraft(preset, shape.names)));
  return useQuery<EventNames>({
    queryKey: ['mapping.names', from, text],
    queryFn: ({ signal }) => askNames(from, text, AbortSignal.any([signal, AbortSignal.timeout(patience)])),
    placeholderData: keepPreviousData,
    enabled: readingOf(preset, 'action').kind !== 'none',
  });
}

/** The preset without what has nothing to do with event names, so that an answer serves as long as it can. */
function onlyNames(preset: Preset): Preset {
  const [variant] = preset.variants;
  if (!variant) return preset;
  const { action, targetType, targetId, targetName, oldValue, newValue } = variant.fields;
  const fields = Object.fromEntries(
    Object.entries({ time: '', action, targetType, targetId, targetName, oldValue, newValue }).filter(
      ([, spec]) => spec !== undefined,
    ),
  ) as Variant['fields'];
  return { ...preset, zone: null, variants: [{ ...variant, fields }] };
}
