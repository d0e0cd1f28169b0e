// npm run new-slice command <context>/<noun>/<verb>
// npm run new-slice read-model <context>/<name> <noun>
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { commandSlice, readModelSlice, type Files, type Noun } from './slice-templates.js';

const home = join(import.meta.dirname, '..');
/** Another root is for trying out what would be written. */
const root = process.env['LEDGER_SOURCES'] ?? home;

const usage = `npm run new-slice command <context>/<noun>/<verb>      such as directory/agency/rename-agency
npm run new-slice read-model <context>/<name> <noun>   such as directory/agency-board agency`;

function refuse(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(2);
}

function nounIn(context: string, name: string): Noun {
  const folder = join(root, 'libs', context, 'src', name);
  const textOf = (suffix: string): string => {
    const path = join(folder, `${name}.${suffix}.ts`);
    if (!existsSync(path)) refuse(`${path} is not there. A slice belongs to a noun: write its ${suffix} first.`);
    return readFileSync(path, 'utf8');
  };
  const find = (suffix: string, pattern: RegExp, what: string): RegExpExecArray =>
    pattern.exec(textOf(suffix)) ?? refuse(`${name}.${suffix}.ts exports no ${what}.`);
  const [, aggregate, state, event] = find('state', /export const (\w+): Aggregate<(\w+), (\w+)>/, 'aggregate');
  const [, example, type] = find(
    'examples',
    /export const (\w+): \w+Event = \{\s*type: '(\w+)'/,
    'example of an event',
  );
  return {
    context,
    name,
    aggregate: aggregate!,
    state: state!,
    event: event!,
    example: { name: example!, type: type! },
    address:
      addressIn(folder) ?? `v1/agencies/:agency/${name}s/:${name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())}`,
  };
}

/** The door that reads one of them says where they are. */
function addressIn(folder: string): string | undefined {
  return readdirSync(folder)
    .filter((name) => name.startsWith('read-'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name, `${name}.endpoint.ts`), 'utf8');
      return [...text.matchAll(/@Controller\('([^']+)'\)/g)].map(([, address]) => address!);
    })
    .sort((one, other) => one.length - other.length)[0];
}

async function write(folder: string, files: Files): Promise<void> {
  if (existsSync(join(root, folder))) refuse(`${folder} is there already.`);
  mkdirSync(join(root, folder), { recursive: true });
  const style = JSON.parse(readFileSync(join(home, '.prettierrc.json'), 'utf8')) as object;
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, folder, name), await format(text, { ...style, parser: 'typescript' }));
    process.stdout.write(`${folder}/${name}\n`);
  }
}

const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const [kind, where = '', of = ''] = process.argv.slice(2);
const parts = where.split('/');
if (!parts.every((part) => slug.test(part))) refuse(usage);
const pascal = (name: string): string =>
  name.replace(/(^|-)(\w)/g, (_, _hyphen: string, letter: string) => letter.toUpperCase());

if (kind === 'command' && parts.length === 3) {
  const [context, noun, verb] = parts as [string, string, string];
  await write(`libs/${context}/src/${noun}/${verb}`, commandSlice(nounIn(context, noun), verb));
  process.stdout.write(`
In libs/${context}/src/${context}.commands.module.ts:
  controllers: [..., ${pascal(verb)}Endpoint]
  providers: [..., ${pascal(verb)}Handler]
The spec is red now: say in it what happens, then decide it in ${verb}.ts. docs/how-to/add-a-command.md goes on from here.
`);
} else if (kind === 'read-model' && parts.length === 2 && slug.test(of)) {
  const [context, name] = parts as [string, string];
  await write(`libs/${context}/src/read-models/${name}`, readModelSlice(nounIn(context, of), name));
  const view = pascal(name).replace(/^\w/, (letter) => letter.toLowerCase());
  process.stdout.write(`
In libs/${context}/src/${context}-projections.ts: ${view}
In libs/${context}/src/${context}.queries.module.ts:
  controllers: [..., ${pascal(name)}Endpoint]
Say in the spec what the document shows, then fold it in ${name}.ts. docs/how-to/add-a-read-model.md goes on from here.
`);
} else refuse(usage);
