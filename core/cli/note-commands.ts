// The commands that say something of an event, and list what was said.

import { handlers } from '#core/engine.ts';
import { AppError } from '#core/errors.ts';
import { personOfMachine } from '#core/store/activity.ts';
import { readOptions, refuseFiles, textOption, wantsJson } from './options.ts';
import { formatTable, printJson, write } from './output.ts';
import { withContext } from './with-context.ts';

/** `exhibit note UID`: sets note and tags of an event; with neither it takes back what was said. */
export async function runNote(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {
    note: { type: 'string' },
    tags: { type: 'string' },
    person: { type: 'string' },
    remove: { type: 'boolean' },
  });
  const [uid, ...more] = options.files;
  if (uid === undefined || more.length > 0)
    throw new AppError('usage', 'Name one event by its uid; “exhibit events” lists them.');
  const note = textOption(options, 'note')?.trim() ?? '';
  const tags = (textOption(options, 'tags') ?? '').split(',').flatMap((tag) => tag.trim() || []);
  const isRemoval = options.values.remove === true;
  if (isRemoval === (note !== '' || tags.length > 0))
    throw new AppError('usage', 'Say something with --note or --tags, or take it back with --remove.');
  const wrong = tags.find((tag) => /[\p{Cc}]/u.test(tag) || tag.length > 50);
  if (wrong !== undefined || tags.length > 20 || note.length > 10_000)
    throw new AppError(
      'usage',
      'A note has 10,000 characters at most, an event 20 tags of 50 characters at most.',
    );
  const person = textOption(options, 'person')?.trim() || personOfMachine();
  return withContext(options, signal, async (context) => {
    const versions = await handlers['notes.save']({ event: uid, note, tags, person }, context);
    if (wantsJson(options)) await printJson({ versions });
    else await write(isRemoval ? 'Taken back; the history keeps it.\n' : 'Saved.\n');
    return 0;
  });
}

/** `exhibit notes`: what is said of events now. */
export async function runNotes(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readOptions(args, {});
  refuseFiles(options);
  return withContext(options, signal, async (context) => {
    const notes = await handlers['notes.list']({}, context);
    if (wantsJson(options)) await printJson({ notes });
    else
      await write(
        formatTable(
          notes.map(({ event, at, person, tags, note }) => [
            event,
            at,
            person,
            tags.join(', '),
            note.replace(/\s+/g, ' '),
          ]),
        ),
      );
    return 0;
  });
}
