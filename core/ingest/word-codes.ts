// Numbers for the words that repeat in an export, given as they come. They are this import's own: the writer knows
// which ids of the log they stand for. Runs for each event, so every look-up is by one string or one number.

import { categories, type MappedEvent, outcomes, timeBases } from '#core/model.ts';
import type { EventKind, EventTarget, NewWords } from './batch.ts';

export type WordCodes = {
  kind(kind: EventKind): number;
  actor(event: Pick<MappedEvent, 'actor' | 'actorType'>): number;
  target(target: EventTarget): number;
  subject(subject: string | null): number;
  ip(ip: string | null): number;
  /** The words that came since the last call. */
  takeNew(): NewWords;
  /** Whether so many are known that they should be forgotten; `restart` does it, between batches only. */
  isFull(): boolean;
  restart(): void;
};

/** They take up to a kilobyte each, in both threads. */
const mostWords = 1 << 17;
/** Long ones take more. */
const mostLetters = 1 << 23;

const noWords = (): NewWords => ({
  restarts: false,
  kinds: [],
  actors: [],
  targets: [],
  subjects: [],
  ips: [],
});

/** Codes for one export, from 0 for each kind of word. */
export function createWordCodes(): WordCodes {
  let fresh = noWords();
  const categoryNumber = new Map<string, number>(categories.map((category, at) => [category, at]));
  const outcomeNumber = new Map<string, number>(outcomes.map((outcome, at) => [outcome, at]));
  const basisNumber = new Map<string, number>(timeBases.map((basis, at) => [basis, at]));
  let names = new Map<string, number>();
  let kinds = new Map<number, number>();
  let actors = new Map<string, { type: string; code: number }>();
  let otherActors = new Map<string, number>();
  let targets = new Map<string, Known>();
  let otherTargets = new Map<string, number>();
  let subjects = new Map<string, number>();
  let ips = new Map<string, number>();
  let [nextKind, nextActor, nextTarget] = [0, 0, 0];
  let letters = 0;

  type Known = {
    type: string | null;
    id: string | null;
    name: string | null;
    scope: string | null;
    code: number;
  };

  function nameNumber(name: string | null): number {
    if (name === null) return 0;
    let number = names.get(name);
    if (number === undefined) {
      number = names.size + 1;
      names.set(ownCopy(name), number);
      letters += name.length;
    }
    return number;
  }

  function plain(known: Map<string, number>, list: 'subjects' | 'ips', word: string | null): number {
    if (word === null) return -1;
    let code = known.get(word);
    if (code === undefined) {
      code = known.size;
      known.set(ownCopy(word), code);
      letters += word.length;
      fresh[list].push(word);
    }
    return code;
  }

  return {
    kind(event) {
      const small =
        ((categoryNumber.get(event.category) as number) * 3 + (outcomeNumber.get(event.outcome) as number)) *
          3 +
        (basisNumber.get(event.timeBasis) as number);
      const action = nameNumber(event.action);
      const field = event.field === event.action ? action : nameNumber(event.field);
      // 22 bits each for two names, 9 for the rest: below 2^53.
      const key = (action * 0x400000 + field) * 512 + small;
      let code = kinds.get(key);
      if (code === undefined) {
        code = nextKind++;
        kinds.set(key, code);
        const { category, outcome, timeBasis } = event;
        fresh.kinds.push({ action: event.action, category, field: event.field, outcome, timeBasis });
      }
      return code;
    },
    actor({ actor, actorType }) {
      if (actor === null) return -1;
      const known = actors.get(actor);
      if (known?.type === actorType) return known.code;
      // The same name with another type: rare.
      const key = `${actorType}\0${actor}`;
      let code = otherActors.get(key);
      if (code === undefined) {
        code = nextActor++;
        if (known) otherActors.set(key, code);
        else actors.set(ownCopy(actor), { type: actorType, code });
        letters += actor.length;
        fresh.actors.push({ name: actor, type: actorType });
      }
      return code;
    },
    target({ targetType: type, targetId: id, targetName: name, scope }) {
      const main = id ?? name ?? type ?? scope;
      if (main === null) return -1;
      const known = targets.get(main);
      if (known && known.id === id && known.name === name && known.type === type && known.scope === scope)
        return known.code;
      // The same id with another name, type or scope.
      const key = JSON.stringify([type, id, name, scope]);
      let code = otherTargets.get(key);
      if (code === undefined) {
        code = nextTarget++;
        if (known) otherTargets.set(key, code);
        else {
          const copy = (text: string | null) => (text === null ? null : ownCopy(text));
          const own = { type: copy(type), id: copy(id), name: copy(name), scope: copy(scope) };
          targets.set(ownCopy(main), { ...own, code });
        }
        for (const text of [type, id, name, scope]) letters += text?.length ?? 0;
        fresh.targets.push({ targetType: type, targetId: id, targetName: name, scope });
      }
      return code;
    },
    subject: (subject) => plain(subjects, 'subjects', subject),
    ip: (ip) => plain(ips, 'ips', ip),
    takeNew() {
      const taken = fresh;
      fresh = noWords();
      return taken;
    },
    isFull: () =>
      letters > mostLetters ||
      names.size + kinds.size + nextActor + nextTarget + subjects.size + ips.size > mostWords,
    restart() {
      fresh = { ...noWords(), restarts: true };
      names = new Map();
      kinds = new Map();
      actors = new Map();
      otherActors = new Map();
      targets = new Map();
      otherTargets = new Map();
      subjects = new Map();
      ips = new Map();
      [nextKind, nextActor, nextTarget] = [0, 0, 0];
      letters = 0;
    },
  };
}

/** A copy: the word may be a slice that keeps a whole piece of the file in memory. */
function ownCopy(word: string): string {
  return Buffer.from(word, 'utf8').toString('utf8');
}
