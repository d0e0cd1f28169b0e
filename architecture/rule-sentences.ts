import ts from 'typescript';
import { isSpec } from './places.js';
import { lineOf, walk, type SourceFile, type SourceTree } from './source-tree.js';

/** A rule as it stands in the sources. */
export interface WrittenRule {
  /** `agency/an-agency-is-registered-once`. */
  readonly id: string;
  /** `agencyRules.anAgencyIsRegisteredOnce`. */
  readonly name: string;
  readonly sentence: string;
  readonly path: string;
  readonly line: number;
}

export interface Title {
  readonly title: string;
  readonly path: string;
  readonly line: number;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Rules of the contexts (`defineRules`) and refusals of the service itself (`defineProblems`), as written. */
export function rulesIn({ ast, path }: SourceFile): readonly WrittenRule[] {
  const found: WrittenRule[] = [];
  walk(ast, (node) => {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined || !ts.isCallExpression(node.initializer))
      return;
    const { expression, arguments: given } = node.initializer;
    const maker = expression.getText();
    const sentences = given.at(-1);
    if (!['defineRules', 'defineProblems'].includes(maker) || sentences === undefined) return;
    if (!ts.isObjectLiteralExpression(sentences)) return;
    const noun = maker === 'defineProblems' ? 'http' : textOf(given[0]);
    for (const property of sentences.properties) {
      if (!ts.isPropertyAssignment(property)) continue;
      const name = property.name.getText();
      const { initializer } = property;
      const sentence = textOf(ts.isArrayLiteralExpression(initializer) ? initializer.elements[0] : initializer);
      const at = { path, line: lineOf(ast, property) };
      found.push({ id: `${noun}/${kebab(name)}`, name: `${node.name.getText()}.${name}`, sentence, ...at });
    }
  });
  return found;
}

function textOf(node: ts.Node | undefined): string {
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right);
  return node.getText();
}

const tests = new Set(['it', 'test', 'describe']);

interface WrittenTitle extends Title {
  /** The title, and the table behind it, as written: what it quotes. */
  readonly source: string;
}

/** Titles of the tests in a spec, as they are written. */
function titlesIn({ ast, path }: SourceFile): readonly WrittenTitle[] {
  const found: WrittenTitle[] = [];
  walk(ast, (node) => {
    if (!ts.isCallExpression(node)) return;
    const [callee, table] = ts.isCallExpression(node.expression)
      ? [node.expression.expression, node.expression.arguments[0]]
      : [node.expression, undefined];
    const [title] = node.arguments;
    if (title === undefined || !tests.has(callee.getText().split('.')[0]!)) return;
    const source = [title, ...(table === undefined ? [] : [table])].map((part) => part.getText()).join(' ');
    found.push({ title: textOf(title), source, path, line: lineOf(ast, node) });
  });
  return found;
}

/** The specs that quote a rule, by its name or by its words; where a title is the bare sentence, that is shown. */
export function quotesOf(tree: SourceTree): (rule: WrittenRule) => readonly Title[] {
  const titles = tree.files.filter(({ path }) => isSpec(path)).flatMap(titlesIn);
  return ({ name, sentence }) => {
    const quoted = new RegExp(`\\b${name.replace('.', '\\.')}\\b`);
    return titles
      .filter(({ source }) => quoted.test(source) || source.includes(sentence))
      .map(({ title, path, line }) => ({
        title: title
          .replace(new RegExp(`(\\$\\{)?\\b${name.replace('.', '\\.')}\\.sentence(\\})?`), sentence)
          .replace(/^`|`$/g, ''),
        path,
        line,
      }));
  };
}
