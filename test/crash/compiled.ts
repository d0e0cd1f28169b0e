import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const project = resolve(__dirname, '../..');

/**
 * Compiles libraries, and those they import, as the build does, into a folder of their own, so that a child process
 * can run `<library>/<file>.js`.
 */
export function compileLibraries(...wanted: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const libraries = new Set(wanted);
  const found = (library: string): void => void libraries.add(library);
  for (const library of libraries) {
    const source = join(project, 'libs', library, 'src');
    for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /\.(spec|contract)\.ts$/.test(name)) continue;
      const target = join(folder, library, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, compiled(join(source, name), folder, dirname(target), found));
    }
  }
  return folder;
}

function compiled(source: string, folder: string, from: string, found: (library: string) => void): string {
  const { code } = transformFileSync(source, {
    swcrc: false,
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  });
  return code.replace(/(?<quote>['"])@app\/(?<library>[\w-]+)\k<quote>/g, (_all, _quote, library: string) => {
    found(library);
    return JSON.stringify(`./${relative(from, join(folder, library, 'index.js'))}`);
  });
}
