// The words of the product, each explained in a sentence or two: the one place from which the window's help, its page
// of words and other texts take them. Plain text, no page and no file behind it.

/** A word and what it means here. `see` names related words. */
export type Term = { word: string; meaning: string; see?: readonly string[] };

export const glossary = [
  {
    word: 'workspace',
    meaning:
      'A folder that holds one organisation’s log (events.db) and what people add beside it (review.db): notes, explanations, reviews, settings. It can be copied like any folder.',
  },
  {
    word: 'source',
    meaning:
      'One system whose audit log is read, such as “IronFlock, acme fleet”. It has a preset, a time zone, and a time for which its vendor keeps the log.',
    see: ['preset', 'import', 'retention'],
  },
  {
    word: 'import',
    meaning:
      'One export file read into a source. Each record of it is imported, a duplicate or rejected, and the three add up to what was read.',
    see: ['duplicate', 'rejected row', 'conflict'],
  },
  {
    word: 'event',
    meaning:
      'One record of an audit log after it was mapped: when, who, what, on which target. It is never changed or deleted.',
  },
  {
    word: 'preset',
    meaning: 'The description of one vendor’s export: how to recognise it, and which column or key is what.',
  },
  {
    word: 'category',
    meaning:
      'What sort of event it is, from one closed list that is the same for every vendor. The vendor’s own event name stays beside it.',
  },
  {
    word: 'actor',
    meaning: 'Who did it, as the record names them: a person, a service or the system itself.',
    see: ['subject'],
  },
  {
    word: 'target',
    meaning: 'What an event is about: a project, device, app, node, user or key, with its type, id and name.',
  },
  {
    word: 'field',
    meaning: 'The attribute of the target that changed. IronFlock calls it an aspect.',
    see: ['track'],
  },
  {
    word: 'subject',
    meaning:
      'In an event about access, the person whose rights change; not the one who changed them, who is the actor.',
    see: ['actor', 'right'],
  },
  {
    word: 'right',
    meaning: 'One privilege or role that a person holds on a target. Ownership is the right OWNER.',
  },
  {
    word: 'period',
    meaning:
      'The dates that every figure on screen is about, both included, as whole days in the chosen time zone.',
  },
  {
    word: 'evidence pack',
    meaning:
      'A folder (and a ZIP of it) for an auditor: report, workbook, events, answers and a manifest. It can be checked without Exhibit.',
  },
  {
    word: 'track',
    meaning: 'All events of one field of one target that carry a value, in order of time.',
    see: ['field', 'break'],
  },
  {
    word: 'asserted',
    meaning:
      'The log says it: the last event before that moment set the value, or an event granted the right.',
    see: ['inferred', 'baseline', 'unknown'],
  },
  {
    word: 'inferred',
    meaning: 'No event before that moment says it, but a later one shows it as what was there before.',
  },
  {
    word: 'baseline',
    meaning: 'A value that neither event says, but a list of values from before that moment does.',
  },
  { word: 'unknown', meaning: 'Neither an event nor a baseline says what it was. Exhibit does not guess.' },
  {
    word: 'break',
    meaning:
      'Two neighbouring events of a track do not fit: the later one’s old value is not the earlier one’s new value. Records between them are missing, or were altered.',
    see: ['continuity', 'gap'],
  },
  {
    word: 'continuity',
    meaning:
      'The test that each old value is the new value of the event before. It finds records that are missing without a trace in the dates.',
  },
  {
    word: 'exception',
    meaning:
      'Why a change deserves a look: outside working hours or maintenance windows, by a new actor, approved by who made it, or without a ticket.',
  },
  {
    word: 'ledger',
    meaning:
      'Who held which right on what, from when until when, and which events say so; made from the events about access.',
    see: ['right', 'self-granted', 'dormant', 'privileged'],
  },
  {
    word: 'privileged',
    meaning:
      'A right that can do harm: owner, admin, and rights to grant, delete or develop, unless the settings of the workspace say otherwise.',
  },
  {
    word: 'self-granted',
    meaning: 'Somebody gave a right to themselves: the actor of the grant is its subject.',
  },
  {
    word: 'dormant',
    meaning: 'A right whose holder did nothing on that target for some time, usually 90 days.',
  },
  {
    word: 'access review',
    meaning:
      'The rights of one day, frozen. Named reviewers decide about each: keep, revoke, change or escalate; nobody on their own. Later imports show what became of it.',
  },
  {
    word: 'session',
    meaning:
      'A sign-in or remote access from its start to its end. Where the log has only one of the two, that is said.',
  },
  {
    word: 'coverage',
    meaning: 'Which days of a period imports span. A day is covered, silent, or in a gap.',
    see: ['silent', 'gap'],
  },
  {
    word: 'silent',
    meaning: 'An import spans the day, and no event was observed in it. That is not the same as missing.',
  },
  {
    word: 'gap',
    meaning:
      'Days that no import spans. Export them from the source and import them, or say why that cannot be done.',
    see: ['coverage', 'retention'],
  },
  {
    word: 'retention',
    meaning:
      'How long the vendor keeps its log. What was not exported by then is gone, so each source has a last safe day to export again.',
  },
  {
    word: 'duplicate',
    meaning:
      'A record that the log already holds, from this or an earlier file. It is counted and not stored twice.',
  },
  {
    word: 'rejected row',
    meaning:
      'A record that could not be read as an event. It is listed with its line and the reason, never dropped in silence.',
  },
  {
    word: 'conflict',
    meaning:
      'Two records with one id of the vendor and different content. Both are kept, and the import reports them.',
  },
  {
    word: 'verification',
    meaning:
      'Computing every hash again from the stored records, up to the root of the log. It names each row, import and file that differs.',
    see: ['root'],
  },
  {
    word: 'root',
    meaning:
      'One short text that stands for the whole log: it is another one as soon as anything in the log is. Who keeps it can show later that nothing was changed.',
  },
  {
    word: 'IPE card',
    meaning:
      'How a list was made: source, filter, counts at each step, zone, who and when. IPE means information produced by the entity.',
  },
  {
    word: 'request',
    meaning:
      'What an auditor asks about a pack: about a control, a file or a row. It is open, answered, accepted, or an exception is noted.',
    see: ['request list'],
  },
  {
    word: 'request list',
    meaning:
      'One small file in which auditor and officer ask and answer about a pack. Each entry is signed and names the one before it, so that nothing can be changed or taken out unnoticed.',
    see: ['request'],
  },
] as const satisfies readonly Term[];

/** A word that the glossary has. */
export type Word = (typeof glossary)[number]['word'];

/** What a word means. */
export const termOf = (word: Word): Term => glossary.find((term) => term.word === word) as Term;
