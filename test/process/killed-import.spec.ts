import { join } from 'node:path';
import { ImportBench, eventIdsIn } from './killed-import.js';

const rounds = 3;
const bench = new ImportBench();

beforeAll(() => bench.setUp(6_000), 300_000);
afterAll(() => bench.tearDown());

describe('an import during which the service goes away', () => {
  it(`by kill -9, ${rounds} times, gives the figures of an undisturbed one after it is sent again`, async () => {
    const dataDir = join(bench.folder, 'killed');
    let known = 0;
    for (let round = 0; round < rounds; round += 1) {
      const rows = Math.floor(((round + Math.random()) / rounds) * bench.cases * 0.9);
      const { ended, acknowledged } = await bench.interrupt(dataDir, rows, 'SIGKILL', Math.random() * 30);
      expect(ended.signal).toBe('SIGKILL');
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

  it('by SIGTERM loses nothing that was acknowledged, and the process ends cleanly', async () => {
    const dataDir = join(bench.folder, 'ended');
    const { ended, acknowledged } = await bench.interrupt(dataDir, bench.cases / 3, 'SIGTERM', 5);
    expect(ended).toEqual({ code: 0, signal: null });
    expect(acknowledged).toBeLessThan(bench.cases);
    const { unchanged, accepted, figures } = await bench.finish(dataDir);
    expect(unchanged).toBeGreaterThanOrEqual(acknowledged);
    expect(accepted + unchanged).toBe(bench.cases);
    expect(figures).toBe(bench.undisturbed);
  }, 300_000);
});
