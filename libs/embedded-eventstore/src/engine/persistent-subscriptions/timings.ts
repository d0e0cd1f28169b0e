import type { Measurement } from '../../codec/group-info.js';

const WINDOW = 1000;
const PERCENTILES: [key: string, percent: number][] = [
  ['Quintile 1', 0],
  ['Quintile 2', 20],
  ['Quintile 3', 40],
  ['Quintile 4', 60],
  ['Quintile 5', 80],
  ['90%', 90],
  ['95%', 95],
  ['99%', 99],
  ['99.5%', 99.5],
  ['99.9%', 99.9],
];

/** How long a consumer took for its last thousand answers: the extra statistics of a group, in milliseconds. */
export class Timings {
  private readonly started = new Map<string, number>();
  private readonly durations: number[] = [];
  private next = 0;

  start(id: string, now: number): void {
    this.started.set(id, now);
  }

  end(id: string, now: number): void {
    const start = this.started.get(id);
    if (start === undefined) return;
    this.started.delete(id);
    this.durations[this.next] = Math.floor(now - start);
    this.next = (this.next + 1) % WINDOW;
  }

  /** The names and the way of counting are those of the real server; nothing before the first answer. */
  measurements(): Measurement[] {
    const sorted = [...this.durations].sort((a, b) => a - b);
    const { length } = sorted;
    if (length === 0) return [];
    const at = (index: number): number => sorted[Math.min(index, length - 1)] as number;
    const sum = sorted.reduce((total, duration) => total + duration, 0);
    return [
      { key: 'Mean', value: Math.floor(sum / length) },
      { key: 'Median', value: at(Math.floor(length / 2)) },
      { key: 'Fastest', value: at(0) },
      ...PERCENTILES.map(([key, percent]) => ({ key, value: at(Math.floor((percent / 100) * length)) })),
      { key: 'Highest', value: at(length - 1) },
    ];
  }
}
