import { join } from 'node:path';
import { ImportBench, eventIdsIn } from './killed-import.js';

const folders = 5;
const roundsPerFolder = 5;
const bench = new ImportBench();

beforeAll(() => bench.setUp(12_000, 400), 300_000);
afterAll(() => bench.tearDown());

it.each(Array.from({ length: folders }, (_, index) => index + 1))(
  `folder %i: ${roundsPerFolder} times kill -9 during an import, then the figures of an undisturbed one`,
  async (index) => {
    const dataDir = join(bench.folder, `killed-${index}`);
    let known = 0;
    for (let round = 0; round < roundsPerFolder; round += 1) {
      const rows = Math.floor(((round + Math.random()) / roundsPerFolder) * bench.cases * 0.95);
      const { ended, acknowledged } = await bench.interrupt(dataDir, rows, 'SIGKILL', Math.random() * 100);
      expect(ended.signal).toBe('SIGKILL');
      known = Math.max(known, acknowledged);
    }
    const { accepted, unchanged, rejected, figures } = await bench.finish(dataDir);
    expect({ accepted: accepted + unchanged, rejected }).toEqual({ accepted: bench.cases, rejected: 0 });
    expect(unchanged).toBeGreaterThanOrEqual(known);
    expect(figures).toBe(bench.undisturbed);
    const ids = await eventIdsIn(dataDir);
    expect(new Set(ids).size).toBe(ids.length);
  },
);
