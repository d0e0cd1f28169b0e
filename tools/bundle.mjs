// Joins what the compiler wrote, and the packages it uses, into a few files in dist/bundle: Node needs most of the start for
// finding and linking 2,500 small modules (ADR 0016). Every entry lies directly in that folder, so that a worker is found
// beside the file that starts it, there as in dist/.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const home = fileURLToPath(new URL('..', import.meta.url));
const compiled = (path) => join(home, 'dist', ...path.split('/'));

const apps = ['all-in-one', 'automation', 'cli', 'command-api', 'projector', 'query-api'];
const workers = {
  'projector-thread': 'apps/all-in-one/src/projector-thread.js',
  'eventstore-worker': 'libs/embedded-eventstore/src/eventstore-worker.js',
  'mongo-worker': 'libs/embedded-mongo/src/mongo-worker.js',
};

/** Packages with files of their own to find: a native module, pages and scripts for browsers. */
const left = ['lmdb', '@fastify/static', 'swagger-ui-dist'];

/** Packages ask for others that are not installed, and do without. */
const notInstalled = {
  name: 'not-installed',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, importer, kind, resolveDir }) => {
      if (pluginData === 'asked' || !importer.includes('node_modules')) return undefined;
      const { errors } = await bundle.resolve(path, { importer, kind, resolveDir, pluginData: 'asked' });
      return errors.length === 0 ? undefined : { path, external: true };
    });
  },
};

const outdir = compiled('bundle');
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    ...Object.fromEntries(apps.map((app) => [app, compiled(`apps/${app}/src/main.js`)])),
    ...Object.fromEntries(Object.entries(workers).map(([name, path]) => [name, compiled(path)])),
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Names of classes are names of rules, commands and providers.
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  external: left,
  plugins: [notInstalled],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});

// The OpenAPI document reads it beside the file that asks for it.
copyFileSync(join(home, 'libs', 'http', 'src', 'service', 'replies.json'), join(outdir, 'replies.json'));
