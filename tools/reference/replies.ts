import { join } from 'node:path';
import ts from 'typescript';
import { pathsUnder } from '../../architecture/source-tree.js';
import { JsonSchemas, type Schema } from './json-schema.js';
import type { Page } from './page.js';
import { root } from './sources.js';

/** What a door answers: rows come as JSON, CSV or NDJSON. */
interface Reply {
  readonly rows?: true;
  readonly schema: Schema;
}

const routes = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

/** Schemas of what doors answer, from the types that their methods declare: `/v1/openapi.json` is made with them. */
export async function repliesFile(): Promise<Page> {
  const paths = pathsUnder(root, 'libs').filter((path) => path.endsWith('.endpoint.ts'));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    paths.sort().map((path) => join(root, path)),
    options,
  );
  const schemas = new JsonSchemas(program.getTypeChecker(), root);
  const replies = paths.flatMap((path) => repliesOf(program, join(root, path), schemas));
  const lines = (entries: readonly (readonly [string, unknown])[]): string =>
    [...entries]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return {
    name: 'replies.json',
    text: `{\n  "replies": {\n${lines(replies)}\n  },\n  "schemas": {\n${lines([...schemas.components])}\n  }\n}\n`,
  };
}

function repliesOf(program: ts.Program, path: string, schemas: JsonSchemas): readonly (readonly [string, Reply])[] {
  const found: (readonly [string, Reply])[] = [];
  for (const node of program.getSourceFile(path)?.statements ?? []) {
    if (!ts.isClassDeclaration(node) || node.name === undefined) continue;
    for (const member of node.members) {
      if (!ts.isMethodDeclaration(member) || !isDoor(member)) continue;
      const name = `${node.name.text.replace(/Endpoint$/, '')}.${member.name.getText()}`;
      const reply = replyOf(member, program.getTypeChecker(), schemas);
      if (reply !== undefined) found.push([name, reply]);
    }
  }
  return found;
}

const isDoor = (method: ts.MethodDeclaration): boolean =>
  (ts.getDecorators(method) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && routes.has(expression.expression.getText()),
  );

/** Undefined where the declared type is text, or the answer that all commands give. */
function replyOf(method: ts.MethodDeclaration, checker: ts.TypeChecker, schemas: JsonSchemas): Reply | undefined {
  const declared = checker.getSignatureFromDeclaration(method)!.getReturnType();
  const answer = checker.getAwaitedType(declared) ?? declared;
  const parts = (answer.isUnion() ? answer.types : [answer]).filter((part) => (part.flags & ts.TypeFlags.String) === 0);
  const [body] = parts;
  if (body === undefined || parts.length > 1 || body.symbol?.name === 'AcceptedBody') return undefined;
  const [first] = body.aliasTypeArguments ?? checker.getTypeArguments(body as ts.TypeReference);
  if (body.symbol?.name === 'Revised') return { schema: schemas.of(first!) };
  if (body.symbol?.name !== 'SentRows') return { schema: schemas.of(body) };
  const sent = checker.getPropertiesOfType(body).find(({ name }) => name.startsWith('__@sent'))!;
  return { rows: true, schema: schemas.of(checker.getNonNullableType(checker.getTypeOfSymbol(sent))) };
}
