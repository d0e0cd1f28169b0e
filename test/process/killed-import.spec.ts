import { join } from 'node:path';
import { ImportBench, eventIdsIn } from './killed-import.js';

const signals = ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const;
const bench = new ImportBench();

beforeAll(() => bench.setUp(1_500, 100), 300_000);
afterAll(() => bench.tearDown());

describe('an import during which the service goes away', () => {
  it(`by ${signals.join(', ')} gives the figures of an undisturbed one after it is sent again`, async () => {
    const dataDir = join(bench.folder, 'disturbed');
    let known = 0;
    for (const [round, signal] of signals.entries()) {
      const rows = Math.floor(((round + Math.random()) / signals.length) * bench.cases * 0.8);
      const { ended, acknowledged } = await bench.interrupt(dataDir, rows, signal, Math.random() * 5);
      expect(ended).toEqual(signal === 'SIGKILL' ? { code: null, signal } : { code: 0, signal: null });
      expect(acknowledged).toBeLessThan(bench.cases);
      known = Math.max(known, acknowledged);
    }
    const { accepted, unchanged, rejected, figures } = await bench.finish(dataDir);
    expect({ accepted: accepted + unchanged, rejected }).toEqual({ accepted: bench.cases, rejected: 0 });
    expect(unchanged).toBeGreaterThanOrEqual(known);
    expect(figures).toBe(bench.undisturbed);
    const ids = await eventIdsIn(dataDir);
    expect(ids.length).toBeGreaterThan(bench.cases);
    expect(new Set(ids).size).toBe(ids.length);
  }, 300_000);
});
