import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** As written: `./agency.rules.js`, `@app/kernel`, `mongodb`. */
  readonly specifier: string;
  readonly line: number;
  /** Gone when compiled. */
  readonly typeOnly: boolean;
  /** Names that are taken from it; empty for the whole. */
  readonly names: readonly string[];
  /** The file of the tree that it leads to; undefined for a package. */
  readonly target?: string;
}

export interface SourceFile {
  /** From the root of the tree, with slashes: `libs/kernel/src/rules.ts`. */
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** The TypeScript files of apps, libs and test, with where their imports lead. */
export interface SourceTree {
  readonly root: string;
  readonly files: readonly SourceFile[];
  readonly file: (path: string) => SourceFile | undefined;
}

const parts = ['apps', 'libs', 'test'];
const skipped = new Set(['node_modules', 'dist', 'fixtures']);

export function readTree(root: string, wanted: (path: string) => boolean = () => true): SourceTree {
  const files = parts.flatMap((part) => pathsUnder(root, part)).filter((path) => path.endsWith('.ts') && wanted(path));
  const byPath = new Map(files.sort().map((path) => [path, read(root, path)]));
  return { root, files: [...byPath.values()], file: (path) => byPath.get(path) };
}

/** Every file below a folder of the tree, from the root on; none where there is no such folder. */
export function pathsUnder(root: string, folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter(({ name }) => !skipped.has(name) && !name.startsWith('.'))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? pathsUnder(root, path) : [path];
    });
}

function read(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  return { path, text, ast, imports: importsOf(path, ast) };
}

export const lineOf = (ast: ts.SourceFile, node: ts.Node): number =>
  ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1;

/** Calls `visit` for the node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function importsOf(path: string, ast: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, typeOnly: boolean, names: readonly string[] = []): void => {
    if (name === undefined || !ts.isStringLiteralLike(name)) return;
    const target = targetOf(path, name.text);
    found.push({
      specifier: name.text,
      line: lineOf(ast, node),
      typeOnly,
      names,
      ...(target === undefined ? {} : { target }),
    });
  };
  walk(ast, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node), namesOf(node));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && isLoad(node.expression)) add(node, node.arguments[0], false);
  });
  return found;
}

const isLoad = (callee: ts.Expression): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');

const named = ({ importClause }: ts.ImportDeclaration): readonly ts.ImportSpecifier[] =>
  importClause?.namedBindings !== undefined && ts.isNamedImports(importClause.namedBindings)
    ? importClause.namedBindings.elements
    : [];

const namesOf = (node: ts.ImportDeclaration): readonly string[] =>
  named(node).map(({ name, propertyName }) => (propertyName ?? name).text);

function isTypeOnly(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = named(node);
  return clause.name === undefined && names.length > 0 && names.every(({ isTypeOnly: only }) => only);
}

function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
  const [, lib, door] = /^@app\/([\w-]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (lib === undefined) return undefined;
  return door === undefined ? `libs/${lib}/src/index.ts` : `libs/${lib}/src/${lib}.${door}.ts`;
}
