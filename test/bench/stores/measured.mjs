import { now, percentile } from '../harness.mjs';
import { cpuPerOperation } from './cpu.mjs';
import { inTurns } from './table.mjs';

/** Runs `work`, which handles `count` events or documents, and answers the figure. `times` collects milliseconds of single calls. */
export async function measured({ pid }, count, work) {
  const times = [];
  const cpu = cpuPerOperation(pid);
  const begun = now();
  await work(times);
  const value = (count / (now() - begun)) * 1000;
  const latency =
    times.length === 0 ? '' : `${percentile(times, 0.5).toFixed(2)}/${percentile(times, 0.99).toFixed(2)} ms, `;
  return { value, note: `(${latency}${cpu(count)})` };
}

/**
 * The table of `workloads`, [{ what, kind?, run(side, round) }], on those sides that are able to: a side names the kinds it
 * `cannot`. A workload that fails is told in its cell.
 */
export async function tableOf(title, sides, workloads, rounds, say) {
  const rows = [];
  for (const { what, kind, run } of workloads) {
    say(what);
    const able = sides.filter(({ cannot = [] }) => !cannot.includes(kind));
    const figure = (side, round) => run(side, round).catch((error) => ({ note: error.message.slice(0, 80) }));
    rows.push(await inTurns(what, able, rounds, figure));
  }
  return { title, sides: sides.map(({ label }) => label), rows };
}
