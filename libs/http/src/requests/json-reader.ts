import { Problem, problems } from '../problems/problem.js';

const maximumDepth = 32;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The one reader of JSON from outside: bodies and upload lines. */
export function readJson(input: string | Uint8Array): unknown {
  const source = typeof input === 'string' ? input : decode(input);
  const named = namesIn(source);
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new Problem(problems.malformedJson, whereItBroke(error));
  }
  if (ownNames(value) !== named) throw new Problem(problems.malformedJson, 'A name occurs twice in one object.');
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem(problems.malformedJson, 'It is not valid UTF-8.');
  }
}

/** The engine's message quotes the text, which may be personal: only the place is told. */
function whereItBroke(error: unknown): string | undefined {
  const place = error instanceof Error ? /position (\d+)/.exec(error.message) : null;
  return place === null ? undefined : `It breaks at character ${place[1]}.`;
}

const quote = 0x22;
const backslash = 0x5c;

/** Counts member names before anything is built, and refuses text that nests too deep. */
function namesIn(source: string): number {
  let depth = 0;
  let names = 0;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === quote) {
      for (at += 1; at < source.length && source.charCodeAt(at) !== quote; at += 1) {
        if (source.charCodeAt(at) === backslash) at += 1;
      }
    } else if (code === 0x3a) {
      names += 1;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > maximumDepth) throw new Problem(problems.tooDeep);
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return names;
}

function ownNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + ownNames(entry), 0);
  let names = 0;
  for (const [name, entry] of Object.entries(value)) {
    if (forbidden.has(name)) throw new Problem(problems.forbiddenName, `The body uses ${name}.`);
    names += 1 + ownNames(entry);
  }
  return names;
}
