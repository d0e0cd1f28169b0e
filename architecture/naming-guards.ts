import ts from 'typescript';
import type { Guard, Offence } from './guard.js';
import { contextOf, isSpec, readModelsOf, slicesOf, suffixesOf, type Slice } from './places.js';
import { lineOf, walk, type SourceFile, type SourceTree } from './source-tree.js';

const suffixes = ['events', 'state', 'rules', 'examples', 'endpoint', 'process', 'module', 'contract', 'spec'];

/** What a context publishes for processes, beside `<context>.events.ts`: `libs/planning/src/planning.commands.ts`. */
const isDoorOfContext = (path: string): boolean => /^libs\/([^/]+)\/src\/\1\.commands\.ts$/.test(path);

/** `.commands.module` and `.long.spec` say which module and which spec: the layer is the last word. */
function isKnown(path: string): boolean {
  const [first, second, ...more] = suffixesOf(path);
  if (first === undefined || first === 'e2e-spec' || isDoorOfContext(path)) return true;
  if (second === undefined) return suffixes.includes(first);
  return ['module', 'spec'].includes(second) && more.length === 0;
}

const mostLines = 500;
const mostLinesOfAList = 45;
const linesOf = ({ text }: SourceFile): number => text.trimEnd().split('\n').length;

const inProduct = (path: string): boolean => /^(apps|libs)\//.test(path);
const isAppModule = (path: string): boolean => /^apps\/.*\.module\.ts$/.test(path);

export const namingGuards: readonly Guard[] = [
  {
    id: 'nine-suffixes',
    sentence: `A file name has one of nine suffixes or none: ${suffixes.map((suffix) => `.${suffix}`).join(' ')}.`,
    advice: 'Name the thing with hyphens (objective-body.ts), or write a page in docs/decisions for a tenth suffix.',
    offences: ({ files }) =>
      files.filter(({ path }) => inProduct(path) && !isKnown(path)).map(({ path }) => ({ path, what: 'has another' })),
  },
  {
    id: 'idea-door-spec',
    sentence: 'Every verb folder holds the idea, the door and the spec; a door alone decides nothing.',
    advice: '`npm run new-slice command <context>/<noun>/<verb>` writes the three files.',
    offences: (tree) => slicesOf(tree).flatMap((slice) => missingOfVerb(tree, slice)),
  },
  {
    id: 'a-noun-has-its-skeleton',
    sentence: 'A noun with a state has events and examples beside it.',
    advice: 'libs/directory/src/agency is the pattern: .events.ts, .state.ts, .rules.ts, .examples.ts.',
    offences: ({ files, file }) =>
      files
        .filter(({ path }) => path.endsWith('.state.ts') && contextOf(path) !== undefined)
        .flatMap(({ path }) =>
          ['events', 'examples']
            .filter((suffix) => file(path.replace(/state\.ts$/, `${suffix}.ts`)) === undefined)
            .map((suffix) => ({ path, what: `has no .${suffix}.ts` })),
        ),
  },
  {
    id: 'a-read-model-has-fold-door-spec',
    sentence: 'Every read model holds the fold, the door and the spec.',
    advice: '`npm run new-slice read-model <context>/<name>` writes the three files.',
    offences: (tree) =>
      readModelsOf(tree).flatMap(({ folder, verb, files }) =>
        [`${verb}.ts`, `${verb}.endpoint.ts`, `${verb}.spec.ts`]
          .filter((name) => !files.includes(name))
          .map((name) => ({ path: folder, what: `has no ${name}` })),
      ),
  },
  {
    id: 'every-door-is-mounted',
    sentence: 'Every endpoint and every command handler is named in a module.',
    advice:
      'Add it to <context>.commands.module.ts or <context>.queries.module.ts: a door that is not mounted is dead.',
    offences: unmounted,
  },
  {
    id: 'an-app-is-a-list',
    sentence: `The module of an app is a list: under ${mostLinesOfAList} lines, and it asks nothing.`,
    advice: 'Decide in the configuration or in a module of a library; the app only names its parts.',
    offences: ({ files }) => files.filter(({ path }) => isAppModule(path)).flatMap(notAList),
  },
  {
    id: 'files-stay-small',
    sentence: `No file has more than ${mostLines} lines.`,
    advice: 'It holds more than one thought: give the second one a file and a name.',
    offences: ({ files }) =>
      files
        .filter((file) => inProduct(file.path) && linesOf(file) > mostLines)
        .map((file) => ({ path: file.path, what: `has ${linesOf(file)} lines` })),
  },
  {
    id: 'no-banner-no-promise',
    sentence: 'A comment is no banner and promises no later work.',
    advice: 'Split the file where the banner stands; write an issue for what is still to do.',
    offences: ({ files }) => files.flatMap(badComments),
  },
];

function missingOfVerb(tree: SourceTree, { folder, verb, files }: Slice): readonly Offence[] {
  const has = (suffix: string): boolean => files.includes(`${verb}${suffix}.ts`);
  const door = tree.file(`${folder}/${verb}.endpoint.ts`);
  if (!has(''))
    return door !== undefined && !/\bhandles\(/.test(door.text) ? [] : [{ path: folder, what: `has no ${verb}.ts` }];
  const idea = `${folder}/${verb}.ts`;
  const isCalled = tree.files.some(
    ({ path, imports }) => !isSpec(path) && imports.some(({ target, typeOnly }) => target === idea && !typeOnly),
  );
  return [
    ...(has('.spec') ? [] : [{ path: folder, what: `has no ${verb}.spec.ts` }]),
    ...(door !== undefined || isCalled ? [] : [{ path: folder, what: 'has no door, and no process calls it' }]),
  ];
}

function unmounted({ files }: SourceTree): readonly Offence[] {
  const mounted = new Set(
    files.filter(({ path }) => path.endsWith('.module.ts')).flatMap(({ text }) => text.match(/\w+/g) ?? []),
  );
  return files
    .filter(({ path }) => path.endsWith('.endpoint.ts'))
    .flatMap(({ text, path }) =>
      [...text.matchAll(/^export (?:class|const) (\w+(?:Endpoint|Handler))\b/gm)]
        .map(([, name]) => name!)
        .filter((name) => !mounted.has(name))
        .map((name) => ({ path, what: `offers ${name}, which no module names` })),
    );
}

function notAList(file: SourceFile): readonly Offence[] {
  const { ast, path } = file;
  const found: Offence[] = [];
  if (linesOf(file) >= mostLinesOfAList) found.push({ path, what: `has ${linesOf(file)} lines` });
  walk(ast, (node) => {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isSwitchStatement(node))
      found.push({ path, line: lineOf(ast, node), what: 'asks a question' });
  });
  return found;
}

const banner = /[=*#~_-]{6,}|\/{4,}/;
const promise = /\b(TODO|FIXME|HACK|XXX)\b/;

function badComments({ ast, path, text }: SourceFile): readonly Offence[] {
  if (!banner.test(text) && !promise.test(text)) return [];
  const seen = new Set<number>();
  const found: Offence[] = [];
  walk(ast, (node) => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) {
      if (seen.has(pos)) continue;
      seen.add(pos);
      const comment = text.slice(pos, end);
      const line = ast.getLineAndCharacterOfPosition(pos).line + 1;
      if (banner.test(comment)) found.push({ path, line, what: 'is a banner' });
      if (promise.test(comment)) found.push({ path, line, what: 'promises later work' });
    }
  });
  return found;
}
