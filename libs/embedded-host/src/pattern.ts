import { RE2JS } from 're2js';

/** RE2 writes repeats out: `a{1000}` costs as much memory and time as a thousand letters. */
const MOST_LETTERS = 10_000;
const TOKEN = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|[\s\S]/g;

/** A pattern that is too large for this server. */
export class PatternError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'PatternError';
  }
}

/**
 * Compiles a pattern of a client for RE2, whose time is linear in the text; `flags` are those of RE2JS. Look-around
 * and back-references are refused with the error of RE2, what is too long with its repeats written out with a
 * PatternError.
 */
export function compilePattern(pattern: string, flags = 0): (text: string) => boolean {
  const letters = lettersWrittenOut(pattern);
  if (letters > MOST_LETTERS)
    throw new PatternError(
      `A regular expression has at most ${MOST_LETTERS} letters with its repeats written out; this one has ${letters}.`,
    );
  const compiled = RE2JS.compile(pattern, flags);
  return (text) => compiled.matcher(text).find();
}

function lettersWrittenOut(pattern: string): number {
  const open: number[] = [];
  let letters = 0;
  let last = 0;
  for (const [token, least, most] of pattern.matchAll(TOKEN)) {
    if (token === '(') {
      open.push(letters);
      letters = 0;
    } else if (token === ')') {
      last = letters;
      letters += open.pop() ?? 0;
    } else if (least !== undefined) {
      const before = letters - last;
      last *= Math.max(1, Number(least), Number(most ?? 0));
      letters = before + last;
    } else {
      last = token.length;
      letters += last;
    }
  }
  return open.reduce((sum, before) => sum + before, letters);
}
