import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Guard, Offence } from './guard.js';
import { pathsUnder } from './source-tree.js';

const decisions = 'docs/decisions';

export const documentGuards: readonly Guard[] = [
  {
    id: 'decisions-are-numbered',
    sentence: 'Decisions are numbered from 0001 without gap or repeat, with title, status and date.',
    advice: 'docs/decisions/0002-zod-for-stored-events.md is the pattern; a page is never renumbered.',
    offences: ({ root }) => {
      const names = pathsUnder(root, decisions).sort();
      return names.flatMap((path, index) => misnumbered(root, path, index + 1));
    },
  },
  {
    id: 'decisions-say-options-and-cost',
    sentence: 'A decision says its options, the choice and the cost.',
    advice: 'Begin the three paragraphs with **Options.**, **Choice** and **Cost.**',
    offences: ({ root }) =>
      pathsUnder(root, decisions)
        .filter((path) => !path.endsWith('/0001-record-decisions.md'))
        .flatMap((path) => {
          const text = readFileSync(join(root, path), 'utf8');
          return ['**Options.**', '**Choice', '**Cost.**']
            .filter((part) => !text.includes(part))
            .map((part) => ({ path, what: `has no paragraph ${part}` }));
        }),
  },
  {
    id: 'links-lead-somewhere',
    sentence: 'Every link of a page leads to a file that exists.',
    advice: 'Links are relative to the page that they stand in.',
    offences: ({ root }) =>
      pagesOf(root).flatMap((path) =>
        linesOf(root, path).flatMap((text, index) =>
          linksIn(text)
            .filter((target) => !existsSync(join(root, posix.dirname(path), target)))
            .map((target) => ({ path, line: index + 1, what: `links to ${target}, which is not there` })),
        ),
      ),
  },
  {
    id: 'how-to-quotes-the-code',
    sentence: 'Code on a how-to page is quoted from the file that the line above it links to.',
    advice: 'Copy whole lines; a line `// …` stands for lines that are left out.',
    offences: ({ root }) =>
      pathsUnder(root, 'docs/how-to')
        .filter((path) => path.endsWith('.md'))
        .flatMap((path) => misquoted(root, path)),
  },
];

const linesOf = (root: string, path: string): string[] => readFileSync(join(root, path), 'utf8').split('\n');

function misnumbered(root: string, path: string, expected: number): readonly Offence[] {
  const number = String(expected).padStart(4, '0');
  const [title = '', , status = ''] = linesOf(root, path);
  const problems = [
    [new RegExp(`/${number}-[a-z0-9-]+\\.md$`).test(path), `is not number ${number}`],
    [new RegExp(`^# ${number} \\S`).test(title), `does not begin with # ${number} and a title`],
    [hasStatus(root, status), 'has no status with a date: accepted, or replaced by a page that exists'],
  ] as const;
  return problems.filter(([holds]) => !holds).map(([, what]) => ({ path, what }));
}

function hasStatus(root: string, line: string): boolean {
  const [, status] = /^Status: (.+), \d{4}-\d{2}-\d{2}$/.exec(line) ?? [];
  const [, successor] = /^replaced by \[\d{4}\]\(([^)]+)\)$/.exec(status ?? '') ?? [];
  return status === 'accepted' || (successor !== undefined && existsSync(join(root, decisions, successor)));
}

/** Pages of the root, docs and the libraries. */
function pagesOf(root: string): readonly string[] {
  const ofRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
  const below = ['docs', 'apps', 'libs', 'test', 'profiles'].flatMap((folder) => pathsUnder(root, folder));
  return [...ofRoot, ...below.filter((path) => path.endsWith('.md'))].sort();
}

const linksIn = (text: string): readonly string[] =>
  [...text.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target));

function misquoted(root: string, path: string): readonly Offence[] {
  const lines = linesOf(root, path);
  const found: Offence[] = [];
  for (let start = lines.findIndex(isFence); start >= 0;) {
    const end = lines.findIndex((text, index) => index > start && text.trim() === '```');
    const indent = lines[start]!.indexOf('`');
    const quoted = lines.slice(start + 1, end).map((text) => text.slice(indent));
    const source = linksIn(lines.slice(0, start).findLast((text) => text !== '') ?? '').at(-1);
    const what =
      source === undefined ? 'quotes from nowhere' : notIn(root, posix.join(posix.dirname(path), source), quoted);
    if (what !== undefined) found.push({ path, line: start + 1, what });
    const next = lines.slice(end + 1).findIndex(isFence);
    start = next < 0 ? -1 : end + 1 + next;
  }
  return found;
}

const isFence = (text: string): boolean => /^\s*```ts\b/.test(text);

function notIn(root: string, path: string, quoted: readonly string[]): string | undefined {
  if (!existsSync(join(root, path))) return `quotes from ${path}, which is not there`;
  const text = readFileSync(join(root, path), 'utf8');
  const pieces = quoted
    .join('\n')
    .split(/^\s*\/\/ …$/m)
    .map((piece) => piece.replace(/^\n+|\s+$/g, ''))
    .filter((piece) => piece !== '');
  let from = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0) return `quotes what is not in ${path}: ${piece.split('\n')[0]!.trim()}`;
    from = at + piece.length;
  }
  return undefined;
}
