// Module hooks behind typescript.mjs: `@app/...` and `.js` name TypeScript sources, which swc compiles one by one.
import { transformSync } from '@swc/core';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const libs = new URL('../libs/', import.meta.url);

function sourceOf(specifier, parent) {
  const [, lib, door] = /^@app\/([\w-]+)(?:\/(\w+))?$/.exec(specifier) ?? [];
  if (lib !== undefined) return new URL(`${lib}/src/${door === undefined ? 'index' : `${lib}.${door}`}.ts`, libs);
  if (!/^\.{1,2}\//.test(specifier) || !parent?.endsWith('.ts')) return undefined;
  const url = new URL(specifier.replace(/\.js$/, '.ts'), parent);
  return existsSync(url) ? url : undefined;
}

export function resolve(specifier, context, next) {
  const url = sourceOf(specifier, context.parentURL);
  return url === undefined ? next(specifier, context) : { url: url.href, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(await readFile(filename, 'utf8'), {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
