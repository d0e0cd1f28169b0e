import { Metrics } from './metrics.js';

describe('the metrics', () => {
  const cpuSeconds = async (metrics: Metrics): Promise<number> => {
    const [, seconds] = /^civic_process_cpu_seconds_total (\S+)/m.exec(await metrics.registry.metrics()) ?? [];
    return Number(seconds);
  };

  it('count the processor time of the process from its start, once it is watched', async () => {
    const metrics = new Metrics();
    expect(await cpuSeconds(metrics)).toBeNaN();
    const { user, system } = process.cpuUsage();
    metrics.watchProcess();
    expect(await cpuSeconds(metrics)).toBeGreaterThanOrEqual((user + system) / 1e6);
  });
});
