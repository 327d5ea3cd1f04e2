// What is found out about exports before they are imported, and the first events a mapping makes of one: types alone.

import type { FileFormat, MappedEvent, Rejection, RowKind } from '#core/model.ts';
import type { EventName } from './event-rules.ts';
import type { SampleRecord } from './field-paths.ts';
import type { Proposal } from './propose.ts';

/** What is known of one export before it is imported; others of the same shape are counted with it. */
export type ExportProbe = {
  /** Name of the first file of this shape, and how many were found to have it. */
  file: string;
  files: number;
  format: FileFormat;
  rowKind: RowKind;
  /** What a person can choose from, and the first records as texts by these names. */
  names: string[];
  samples: SampleRecord[];
  /** The preset that reads it; null where none knows it. `text` is its JSON where it did not come with Exhibit. */
  recognised: { id: string; name: string; text: string | null } | null;
  /** The source it goes to when nobody says otherwise. */
  source: string;
  /** A time without a zone that neither the records nor the preset explain; null where there is none. */
  zoneless: string | null;
  proposal: Proposal;
};
export type Probe = {
  /** Exports found, and how many of them were looked at. */
  found: number;
  looked: number;
  shapes: ExportProbe[];
  failed: { file: string; message: string }[];
};

/** `left` names were found beside these; `isWhole` where the whole file was read. */
export type EventNames = { names: EventName[]; left: number; read: number; isWhole: boolean };

export type PreviewEvent = Omit<MappedEvent, 'time'> & { time: string; row: number };
export type Preview = { read: number; events: PreviewEvent[]; rejections: Rejection[]; rejected: number };
