// Regular expressions of presets. A preset may come from anybody, and so may the values: an expression that could try
// very many ways of matching is only tried on values so short that it cannot take long. Which length that is follows
// from the expression alone, so that verification decides as the import did.

/** How many ways there may be of matching a value: at most `ways` · (its length to the power of `degree`). */
export type ExpressionCost = {
  degree: number;
  ways: number;
  /** Repetitions without a bound, and things that may be left out. */
  repeats: number;
  options: number;
  /** Why the number of ways is not bounded like that, null where it is. */
  hazard: string | null;
};

export type Expression = { test(text: string): boolean; exec(text: string): RegExpExecArray | null };

/** Steps an expression may take on one value: about a tenth of a second. */
const mostSteps = 1e7;
/** Ways at each place of a value that are few enough for a value of any length. */
const fewWays = 64;

/** The expression of a preset; a value longer than `longestMatched` does not match it. */
export function compileExpression(pattern: string, flags: string): Expression {
  const expression = new RegExp(pattern, flags);
  const longest = longestMatched(pattern);
  return {
    test: (text) => text.length <= longest && expression.test(text),
    exec: (text) => (text.length <= longest ? expression.exec(text) : null),
  };
}

/** The most characters of a value that an expression is tried on; infinite where its time grows with the length alone. */
export function longestMatched(pattern: string): number {
  const { degree, ways, hazard } = costOf(pattern);
  if (hazard !== null) return 20;
  if (degree <= 1 && ways <= fewWays) return Number.POSITIVE_INFINITY;
  return Math.floor((mostSteps / ways) ** (1 / Math.max(degree, 1)));
}

type Ways = { degree: number; ways: number };
type Group = {
  /** Whether something in it repeats or offers a choice. */
  isOpenEnded: boolean;
  /** Where its present alternative begins, the ways of that so far, and of those before it. */
  from: number;
  now: Ways;
  before: Ways;
};

const openGroup = (from: number): Group => ({
  isOpenEnded: false,
  from,
  now: { degree: 0, ways: 1 },
  before: { degree: 0, ways: 0 },
});

/** Ends the present alternative of a group: whichever of them matches, their ways add up. */
function endAlternative(group: Group, at: number): void {
  const { now, before } = group;
  group.before = { degree: Math.max(now.degree, before.degree), ways: now.ways + before.ways };
  group.now = { degree: 0, ways: 1 };
  group.from = at + 1;
}

/** What matching can cost at most. Simple on purpose: it takes some expressions for costlier than they are. */
export function costOf(pattern: string): ExpressionCost {
  const top = openGroup(0);
  const groups = [top];
  const count = { repeats: 0, options: 0 };
  let hazard: string | null = null;
  let closed: Group | null = null; // the group that has just ended, if any
  // Without ^ an alternative is tried from each place of the value on.
  const endTop = (at: number) => {
    if (top.now.degree > 0 && pattern[top.from] !== '^') top.now.degree += 1;
    endAlternative(top, at);
  };
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string;
    const group = groups.at(-1) ?? top;
    const before: Group | null = closed;
    closed = null;
    if (char === '\\') {
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) hazard ??= 'refers back to a part of itself';
      at = afterEscape(pattern, at);
    } else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') {
      groups.push(openGroup(at + 1));
      // The ? of (?: (?= (?<name> is no repetition.
      if (pattern[at + 1] === '?') at += 1;
    } else if (char === ')') {
      if (groups.length === 1) continue;
      groups.pop();
      endAlternative(group, at);
      const around = groups.at(-1) ?? top;
      around.now.degree += group.before.degree;
      around.now.ways *= group.before.ways;
      around.isOpenEnded ||= group.isOpenEnded;
      closed = group;
    } else if (char === '|') {
      group.isOpenEnded = true;
      if (group === top) endTop(at);
      else endAlternative(group, at);
    } else if (char === '*' || char === '+' || char === '{' || char === '?') {
      const [, least = '', most] = /^\{(\d+)(,\d*)?\}/.exec(pattern.slice(at)) ?? [];
      const times = Number(most?.slice(1) || least);
      if (times > 100) hazard ??= 'repeats something more than a hundred times';
      if (char !== '?' && before?.isOpenEnded) hazard ??= 'repeats a group that repeats or chooses itself';
      if (char === '?') {
        count.options += 1;
        group.now.ways *= 2;
      } else if (char !== '{' || most !== undefined) {
        count.repeats += 1;
        if (char === '{' && most !== ',') group.now.ways *= times + 1;
        else group.now.degree += 1;
      }
      group.isOpenEnded = true;
      if (char === '{') at = Math.max(at, pattern.indexOf('}', at));
      // A lazy repetition is one, too.
      if (pattern[at + 1] === '?') at += 1;
    }
  }
  endTop(pattern.length);
  return { ...top.before, ...count, hazard };
}

/** Where an escape ends: `\p{…}` and `\u{…}` have braces that repeat nothing. */
function afterEscape(pattern: string, at: number): number {
  const braces = /^\\[pPu]\{[^}]*\}/.exec(pattern.slice(at));
  return at + (braces ? braces[0].length : 2) - 1;
}

function endOfClass(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}
