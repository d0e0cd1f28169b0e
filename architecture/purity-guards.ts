import ts from 'typescript';
import type { Guard, Offence } from './guard.js';
import { contextOf, isForTests, isIdea, isReadModel, libOf } from './places.js';
import { lineOf, walk, type SourceFile, type SourceTree } from './source-tree.js';

const ideaPackages = new Set(['@app/kernel', 'zod', 'decimal.js', 'temporal-polyfill', 'canonicalize']);

/** Of Node only what computes. */
const ideaFunctions: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': ['createHash', 'hash'],
  'node:util': ['isDeepStrictEqual'],
};

const isAllowed = (specifier: string, names: readonly string[]): boolean =>
  ideaPackages.has(specifier) ||
  /^@app\/[\w-]+\/events$/.test(specifier) ||
  (names.length > 0 && names.every((name) => ideaFunctions[specifier]?.includes(name)));

const isDoor = (path: string): boolean => /\.(endpoint|process|module)\.ts$/.test(path);

interface Reached {
  readonly file: SourceFile;
  /** How it is reached from an idea: names of files. */
  readonly way: readonly string[];
}

/** Every idea of the contexts, and every file of the same context that runs because one of them does. */
function reachedFromIdeas({ files, file }: SourceTree): readonly Reached[] {
  const seen = new Set<string>();
  const reached: Reached[] = [];
  const visit = (at: SourceFile, way: readonly string[]): void => {
    if (seen.has(at.path)) return;
    seen.add(at.path);
    reached.push({ file: at, way });
    for (const { target, typeOnly } of at.imports) {
      const next = target === undefined || typeOnly ? undefined : file(target);
      if (next !== undefined && contextOf(next.path) === contextOf(at.path) && !isDoor(next.path))
        visit(next, [...way, next.path]);
    }
  };
  for (const each of files) if (isIdea(each)) visit(each, [each.path]);
  return reached;
}

const by = (way: readonly string[]): string => (way.length > 1 ? `, which runs with ${way[0]}` : '');

function impureImports(tree: SourceTree): readonly Offence[] {
  return reachedFromIdeas(tree).flatMap(({ file: { path, imports }, way }) =>
    imports
      .filter(({ target, specifier, names, typeOnly }) =>
        target === undefined || specifier.startsWith('@app/')
          ? !isAllowed(specifier, names) && !(typeOnly && way.length > 1)
          : isDoor(target),
      )
      .map(({ specifier, line }) => ({ path, line, what: `imports ${specifier}${by(way)}` })),
  );
}

const chance = new Set(['randomUUID', 'randomBytes', 'getRandomValues', 'randomInt', 'setTimeout', 'setInterval']);
const present = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'Temporal.Now',
  'process.hrtime',
  'process.env',
]);

/** What a node takes from the present or from chance, as written; undefined for none. */
function impurityOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText().replace(/\s/g, '');
    return present.has(text) ? text : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  if (node.text === 'Date' && ts.isCallExpression(node.parent) && node.parent.expression === node) return 'Date()';
  return chance.has(node.text) && !ts.isImportSpecifier(node.parent) ? node.text : undefined;
}

function impurities({ ast, path }: SourceFile, way: readonly string[]): readonly Offence[] {
  const found: Offence[] = [];
  walk(ast, (node) => {
    const taken = impurityOf(node);
    if (taken !== undefined) found.push({ path, line: lineOf(ast, node), what: `uses ${taken}${by(way)}` });
  });
  return found;
}

/** The one file of the kernel that may ask for the present. */
const clock = 'libs/kernel/src/clock.ts';

export const purityGuards: readonly Guard[] = [
  {
    id: 'ideas-import-ideas',
    sentence: 'An idea imports no framework, no store and no I/O, nor does what it runs.',
    advice:
      'Decide from the command, the state and facts: the door loads what is needed and hands it over (`handles(…, facts)`).',
    offences: impureImports,
  },
  {
    id: 'ideas-know-no-clock',
    sentence: 'Deciding, folding and following know no clock and no chance.',
    advice:
      'Time and ids arrive with the command: `metadata.occurredAt`, `metadata.commandId`, or a field of the body.',
    offences: (tree) => {
      const ideas = reachedFromIdeas(tree);
      const known = new Set(ideas.map(({ file }) => file.path));
      const others = tree.files.filter(
        (file) =>
          !known.has(file.path) &&
          !isForTests(file.path) &&
          file.path !== clock &&
          (isReadModel(file.path) || /\.process\.ts$/.test(file.path) || libOf(file.path) === 'kernel'),
      );
      return [...ideas, ...others.map((file) => ({ file, way: [file.path] }))].flatMap(({ file, way }) =>
        impurities(file, way),
      );
    },
  },
  {
    id: 'evolve-ends-in-unhandled',
    sentence: 'Every evolve ends in unhandled, so that the compiler counts the events.',
    advice: 'Add `default: return unhandled(event);` to each switch over event.type and handle every type above it.',
    offences: ({ files }) => files.filter(({ path }) => isAggregateState(path)).flatMap(openSwitches),
  },
];

const isAggregateState = (path: string): boolean => contextOf(path) !== undefined && path.endsWith('.state.ts');

function openSwitches({ ast, path }: SourceFile): readonly Offence[] {
  const found: Offence[] = [];
  let closed = 0;
  walk(ast, (node) => {
    if (!ts.isSwitchStatement(node) || !/\.type$/.test(node.expression.getText())) return;
    const last = node.caseBlock.clauses.at(-1);
    if (last !== undefined && ts.isDefaultClause(last) && /\bunhandled\(/.test(last.getText())) closed += 1;
    else found.push({ path, line: lineOf(ast, node), what: 'has a switch over event types that is left open' });
  });
  const folds = ast.text.includes('evolve');
  return folds && closed === 0 && found.length === 0 ? [{ path, what: 'folds events without unhandled' }] : found;
}
