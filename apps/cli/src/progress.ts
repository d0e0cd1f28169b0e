import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** How far something is that takes long. */
export interface Progress {
  /** Out of `total`, in whatever unit tells how much remains. */
  readonly done: number;
  readonly total: number;
  /** What is counted, such as rows. */
  readonly count: number;
}

/** How the progress of one kind of work is told. */
export interface Telling<Now> {
  readonly progress: (now: Now) => Progress;
  /** What is counted, in the plural. */
  readonly unit: string;
  readonly counts: (now: Now) => string;
}

export interface ProgressDisplay<Now> {
  readonly show: (now: Now) => void;
  readonly end: () => void;
}

const clock = (seconds: number): string =>
  seconds >= 3600
    ? `${Math.floor(seconds / 3600)}h${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}m`
    : seconds >= 60
      ? `${Math.floor(seconds / 60)}m${String(Math.floor(seconds) % 60).padStart(2, '0')}s`
      : `${Math.ceil(seconds)}s`;

/** Share that is done, how many a second, and the time that remains if it goes on like this. */
export function pace(
  { done, total, count }: Progress,
  elapsedSeconds: number,
): { percent: number; rate: number; remaining: string } {
  const share = total === 0 ? 1 : done / total;
  const remaining = share > 0 ? clock((elapsedSeconds * (1 - share)) / share) : '?';
  return {
    percent: Math.floor(share * 100),
    rate: elapsedSeconds > 0 ? Math.round(count / elapsedSeconds) : 0,
    remaining,
  };
}

/** For a log: one line every ten seconds. */
export function lineProgress<Now>(
  { progress, unit, counts }: Telling<Now>,
  write: (text: string) => void,
  secondsNow: () => number,
): ProgressDisplay<Now> {
  const begun = secondsNow();
  let last = begun;
  return {
    show: (now) => {
      const at = secondsNow();
      if (at - last < 10) return;
      last = at;
      const { percent, rate, remaining } = pace(progress(now), at - begun);
      write(`${percent} %, ${counts(now)}, ${rate} ${unit}/s, about ${remaining} left\n`);
    },
    end: () => undefined,
  };
}

/** For a person at a terminal. */
export function barProgress<Now>(
  { progress, unit, counts }: Telling<Now>,
  stream: NodeJS.WriteStream,
  colour: boolean,
  secondsNow: () => number,
): ProgressDisplay<Now> {
  const begun = secondsNow();
  const bar = new SingleBar(
    {
      stream,
      format: `${colour ? '\u001b[36m{bar}\u001b[0m' : '{bar}'} {percentage} %  {rate} ${unit}/s  {remaining} left  {counts}`,
      hideCursor: true,
      fps: 5,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: (now) => {
      const so = progress(now);
      const { rate, remaining } = pace(so, secondsNow() - begun);
      const payload = { rate, remaining, counts: counts(now) };
      if (!started) bar.start(so.total, 0, payload);
      started = true;
      bar.update(so.done, payload);
    },
    end: () => {
      if (started) bar.stop();
    },
  };
}

export const secondsNow = (): number => performance.now() / 1000;

/** A bar where a person watches, else lines. */
export const displayOn = <Now>(
  { stderr, colour, words }: Pick<Terminal, 'stderr' | 'colour' | 'words'>,
  telling: Telling<Now>,
): ProgressDisplay<Now> =>
  stderr.isTTY ? barProgress(telling, stderr, colour, secondsNow) : lineProgress(telling, words, secondsNow);
