import fc from 'fast-check';
import { someSettings } from '../../../spec-support/a-group.js';
import { readConfiguration, writeConfiguration } from './configuration.js';
import type { GroupDefinition } from './definition.js';

const NOW = new Date(0);
const name = fc.string({ unit: 'binary', maxLength: 20 });
const place = fc.nat({ max: 2 ** 40 });
const filter = fc.oneof(
  fc.record({ on: fc.constantFrom('stream', 'type'), regex: fc.constant('^a,b'), prefixes: fc.constant([]) }),
  fc.record({ on: fc.constantFrom('stream', 'type'), regex: fc.constant(undefined), prefixes: fc.array(name) }),
);

describe('The stored configuration of groups', () => {
  it('given any groups, when they are written and read, then they are the same', () => {
    const ofStream = fc.record({
      source: name.filter((one) => one !== '$all'),
      startFrom: fc.oneof(fc.constant('end' as const), place),
      filter: fc.constant(undefined),
    });
    const ofAll = fc.record({
      source: fc.constant('$all'),
      startFrom: fc.oneof(
        fc.constantFrom('end' as const, 0),
        fc.record({ commit: fc.integer({ min: 1 }), prepare: place }),
      ),
      filter: fc.option(
        filter.map((one) => ({ ...one, window: undefined, checkpointIntervalMultiplier: 1 })),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(ofStream, ofAll), name, fc.option(place, { nil: undefined }))), (list) => {
        const definitions = list.map(
          ([one, group, end]) =>
            ({ ...one, group, end, settings: someSettings({ strategy: 'Pinned' }) }) as GroupDefinition,
        );
        expect(readConfiguration(writeConfiguration(definitions, 'somebody', NOW))).toEqual(definitions);
      }),
    );
  });

  it('given an entry that a real server wrote, when it is read, then it is understood', () => {
    const filtered = { context: 'eventtype', type: 'prefix', data: 'A,B', isAllStream: true };
    const entry = {
      stream: '$all',
      group: 'g',
      filter: filtered,
      startPosition: 'C:-1/P:-1',
      namedConsumerStrategy: 'Pinned',
    };
    const [definition] = readConfiguration(JSON.stringify({ version: '2', entries: [entry] }));
    expect(definition).toMatchObject({ startFrom: 'end', filter: { on: 'type', prefixes: ['A', 'B'] } });
  });

  it('given something else, when it is read, then that is said', () => {
    expect(() => readConfiguration('{"entries":[{"stream":"s","startPosition":"soon"}]}')).toThrow(
      '"soon" is no place to start from.',
    );
  });
});
