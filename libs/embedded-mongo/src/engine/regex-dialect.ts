import { MongoError } from './errors.js';

// Where RE2 reads a pattern otherwise than PCRE, which MongoDB uses, the pattern is rewritten or refused.

interface Scanner {
  readonly pattern: string;
  at: number;
  inClass: boolean;
}

/** PCRE's white space holds the vertical tab, RE2's does not. */
const SPACE = '\\s\\x0b';
const VERTICAL = '\\n\\x0b\\f\\r\\x{85}\\x{2028}\\x{2029}';
const HORIZONTAL = '\\t \\x{a0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}';

function refused(what: string): MongoError {
  return new MongoError(51091, `Regular expression is invalid, or not supported by the embedded server: ${what}`);
}

function escape(scanner: Scanner): string {
  const { pattern, at, inClass } = scanner;
  const letter = pattern[at + 1] ?? '';
  scanner.at += 2;
  const set = (members: string): string => (inClass ? members : `[${members}]`);
  const notSet = (members: string): string => {
    if (inClass) throw refused(`\\${letter} in a character class`);
    return `[^${members}]`;
  };
  switch (letter) {
    case 's':
      return set(SPACE);
    case 'S':
      return notSet(SPACE);
    case 'v':
      return set(VERTICAL);
    case 'V':
      return notSet(VERTICAL);
    case 'h':
      return set(HORIZONTAL);
    case 'H':
      return notSet(HORIZONTAL);
    case 'Q': {
      const end = pattern.indexOf('\\E', at);
      scanner.at = end < 0 ? pattern.length : end + 2;
      return pattern.slice(at, scanner.at);
    }
    case 'Z':
      if (inClass) throw refused('\\Z in a character class');
      return endOfText(scanner);
  }
  return pattern.slice(at, at + 2);
}

/** PCRE's end without the option m also stands before a last line feed; at the end of a branch it may be eaten. */
function endOfText({ pattern, at }: Scanner): string {
  if (!/^\)*(\||$)/.test(pattern.slice(at))) throw refused('an end of text that is not at the end of the pattern');
  return '(?:\\n?\\z)';
}

function openClass(scanner: Scanner): string {
  const { pattern, at } = scanner;
  // A bracket that closes right after the opening is a member.
  const opening = /^\[\^?\]?/.exec(pattern.slice(at))?.[0] ?? '[';
  scanner.at += opening.length;
  scanner.inClass = true;
  return opening;
}

function inClass(scanner: Scanner): string {
  const { pattern, at } = scanner;
  const posix = /^\[[:.=].*?[:.=]\]/.exec(pattern.slice(at))?.[0];
  const text = posix ?? pattern.charAt(at);
  scanner.at += text.length;
  if (text === ']') scanner.inClass = false;
  return text;
}

function comment(scanner: Scanner): string {
  const end = scanner.pattern.indexOf('\n', scanner.at);
  scanner.at = end < 0 ? scanner.pattern.length : end + 1;
  return '';
}

/** The pattern as RE2 must be given it to mean what PCRE means by it under these options. */
export function toRe2(pattern: string, options: string): string {
  const multiline = options.includes('m') || /\(\?[a-zA-Z]*m/.test(pattern);
  const extended = options.includes('x');
  const scanner: Scanner = { pattern, at: 0, inClass: false };
  // MongoDB always matches in UTF-8, which is all that this verb asks for.
  const verb = /^\(\*UTF8?\)/.exec(pattern)?.[0];
  if (verb) scanner.at = verb.length;
  let rewritten = '';
  while (scanner.at < pattern.length) {
    const character = pattern[scanner.at] as string;
    if (character === '\\') rewritten += escape(scanner);
    else if (scanner.inClass) rewritten += inClass(scanner);
    else if (character === '[') rewritten += openClass(scanner);
    else if (extended && character === '#') rewritten += comment(scanner);
    else {
      scanner.at++;
      if (extended && /\s/.test(character)) continue;
      rewritten += character === '$' && !multiline ? endOfText(scanner) : character;
    }
  }
  return rewritten;
}
