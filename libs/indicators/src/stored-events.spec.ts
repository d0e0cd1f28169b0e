import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDefinitions } from '@app/kernel';
import { indicatorsEvents } from './indicators.events.js';

const folder = join(__dirname, '..', 'stored-events');
const definitions: EventDefinitions = indicatorsEvents;
const kebab = (name: string): string => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
const samples = readdirSync(folder).map((file) => ({
  file,
  ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    type: string;
    schemaVersion: number;
    data: Record<string, unknown>;
  }),
}));

describe('stored events of indicators', () => {
  it.each(samples)('$file is read by the code of today', ({ type, schemaVersion, data }) => {
    const definition = definitions[type]!;
    let upcast = data;
    for (let version = schemaVersion; version < definition.version; version++)
      upcast = definition.upcasters![version]!(upcast);
    expect(definition.schema.parse(upcast)).toEqual(upcast);
  });
  it('every version of every type has a sample', () => {
    const wanted = Object.entries(definitions).flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, index) => `${kebab(type)}.v${index + 1}.json`),
    );
    expect(samples.map(({ file }) => file).sort()).toEqual(wanted.sort());
  });
});
