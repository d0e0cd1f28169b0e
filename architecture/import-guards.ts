import type { Guard, Offence } from './guard.js';
import { appOf, contextOf, isForTests, isTechnical, libOf } from './places.js';
import type { Import, SourceFile, SourceTree } from './source-tree.js';

/** Offences of single imports. */
const eachImport =
  (judge: (file: SourceFile, imported: Import) => string | undefined) =>
  ({ files }: SourceTree): readonly Offence[] =>
    files.flatMap((file) =>
      file.imports.flatMap((imported) => {
        const what = judge(file, imported);
        return what === undefined ? [] : [{ path: file.path, line: imported.line, what }];
      }),
    );

const isPackage = (specifier: string, name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);

const onlyIn =
  (name: string, homes: readonly string[]) =>
  ({ path }: SourceFile, { specifier }: Import): string | undefined =>
    isPackage(specifier, name) && !homes.includes(libOf(path) ?? '') && !(isForTests(path) && libOf(path) !== 'testing')
      ? `imports ${name}`
      : undefined;

/** What each technical library may build upon. */
const layers: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  testing: ['kernel'],
  'event-store': ['kernel'],
  projections: ['kernel', 'event-store'],
  http: ['kernel', 'event-store', 'projections'],
  'embedded-host': [],
  'embedded-eventstore': ['embedded-host'],
  'embedded-mongo': ['embedded-host'],
};

const kernelPackages = ['zod', 'decimal.js', 'temporal-polyfill', 'canonicalize', 'node:crypto'];

export const importGuards: readonly Guard[] = [
  {
    id: 'one-event-store-client',
    sentence: 'Only libs/event-store imports the EventStoreDB client.',
    advice: 'Append, read and subscribe through @app/event-store: timeouts, retries and revisions hold only there.',
    offences: eachImport(onlyIn('@eventstore/db-client', ['event-store'])),
  },
  {
    id: 'one-mongo-driver',
    sentence: 'Only libs/projections, and the key store of libs/personal-data, import the MongoDB driver.',
    advice: 'Read through ReadModels of @app/projections, which also publishes the types Filter and FindCursor.',
    offences: eachImport(onlyIn('mongodb', ['projections', 'personal-data'])),
  },
  {
    id: 'libs-know-no-app',
    sentence: 'No library imports an app, and no app another app; only all-in-one is made of the others.',
    advice: 'Move what both need into a library.',
    offences: eachImport(({ path }, { target }) => {
      const app = target === undefined ? undefined : appOf(target);
      return app === undefined || [app, 'all-in-one'].includes(appOf(path) ?? '') || path.startsWith('test/')
        ? undefined
        : `imports ${target}`;
    }),
  },
  {
    id: 'contexts-meet-at-events',
    sentence: "A context imports of another context only '@app/<context>/events'.",
    advice: 'Publish what is needed in <context>.events.ts, or hear the events; only libs/processes imports commands.',
    offences: eachImport(({ path }, { specifier, target }) => {
      const [from, to] = [contextOf(path), target === undefined ? undefined : contextOf(target)];
      if (from === undefined || to === undefined || from === to) return undefined;
      const doors = from === 'processes' ? ['events', 'commands'] : ['events'];
      return doors.some((door) => specifier === `@app/${to}/${door}`) ? undefined : `imports ${specifier}`;
    }),
  },
  {
    id: 'libraries-keep-their-layer',
    sentence: 'A technical library knows no context and builds only on the layers below it.',
    advice:
      'The arrows are in ARCHITECTURE.md. Turn the dependency round with an abstract class that the upper layer provides.',
    offences: eachImport(({ path }, { specifier, target }) => {
      const [from, to] = [libOf(path), target === undefined ? undefined : libOf(target)];
      if (from === undefined || to === undefined || from === to || !isTechnical(from) || isForTests(path))
        return undefined;
      return layers[from]?.includes(to) === true ? undefined : `imports ${specifier}`;
    }),
  },
  {
    id: 'kernel-has-no-framework',
    sentence: 'The kernel imports no framework and does no I/O.',
    advice: `Besides its own files it may import ${kernelPackages.join(', ')}.`,
    offences: eachImport(({ path }, { specifier, target }) =>
      libOf(path) !== 'kernel' || isForTests(path) || target !== undefined || kernelPackages.includes(specifier)
        ? undefined
        : `imports ${specifier}`,
    ),
  },
  {
    id: 'a-library-is-entered-by-its-door',
    sentence: 'A library is imported by its name, never by a path into it.',
    advice: "Import '@app/<library>' and let its index.ts publish what is meant for others.",
    offences: eachImport(({ path }, { specifier, target }) => {
      const to = target === undefined ? undefined : libOf(target);
      return to !== undefined && specifier.startsWith('.') && to !== libOf(path) && !path.startsWith('test/')
        ? `imports ${specifier}`
        : undefined;
    }),
  },
  {
    id: 'examples-stay-in-specs',
    sentence: 'Examples and test tools are never imported by production code.',
    advice: 'Move the value to where it belongs, or the importing file into a spec.',
    offences: eachImport(({ path }, { specifier, target }) =>
      !isForTests(path) &&
      (['fast-check', 'supertest'].includes(specifier) || (target !== undefined && isForTests(target)))
        ? `imports ${specifier}`
        : undefined,
    ),
  },
  {
    id: 'no-circles',
    sentence: 'No file imports itself by way of others.',
    advice: 'Move what both ends need into a third file.',
    offences: circles,
  },
];

/** One offence for each circle, at the import that closes it. */
function circles({ files, file }: SourceTree): readonly Offence[] {
  const done = new Set<string>();
  const path: string[] = [];
  const found: Offence[] = [];
  const visit = (at: SourceFile): void => {
    path.push(at.path);
    for (const { target, line } of at.imports) {
      if (target === undefined || done.has(target)) continue;
      const start = path.indexOf(target);
      if (start >= 0) {
        found.push({ path: at.path, line, what: `closes the circle ${[...path.slice(start), target].join(' -> ')}` });
        continue;
      }
      const next = file(target);
      if (next !== undefined) visit(next);
    }
    path.pop();
    done.add(at.path);
  };
  for (const each of files) if (!done.has(each.path)) visit(each);
  return found;
}
