import { FuzzedEventStore } from '../spec-support/fuzzed-event-store.js';

const CASES = 50_000;
const MEMORY = 500 * 1024 * 1024;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

describe('The embedded event store, given very many requests with faults in them', () => {
  const store = new FuzzedEventStore();
  const seed = Date.now() % 1e9;
  beforeAll(() => store.start());
  afterAll(() => store.close());

  it(`given ${CASES} connections and as many calls with faults, then others are served and its memory is bounded`, async () => {
    const connections = await store.connections(seed, CASES);
    const messages = await store.messages(seed, CASES);
    process.stdout.write(`seeds from ${seed}: at most ${megabytes(connections)}, ${megabytes(messages)}\n`);
    expect(Math.max(connections, messages)).toBeLessThan(MEMORY);
  });
});
