import { Presets, SingleBar } from 'cli-progress';
import type { ImportProgress } from './import-file.js';

export interface ProgressDisplay {
  readonly show: (now: ImportProgress) => void;
  readonly end: () => void;
}

const counted = ({ accepted, unchanged, rejected }: ImportProgress): string =>
  `${accepted} accepted, ${unchanged} unchanged, ${rejected} rejected`;

const clock = (seconds: number): string =>
  seconds >= 3600
    ? `${Math.floor(seconds / 3600)}h${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}m`
    : seconds >= 60
      ? `${Math.floor(seconds / 60)}m${String(Math.floor(seconds) % 60).padStart(2, '0')}s`
      : `${Math.ceil(seconds)}s`;

/** Share of the file, rows per second and time that remains if it goes on like this. */
export function pace(
  now: ImportProgress,
  elapsedSeconds: number,
): { percent: number; rate: number; remaining: string } {
  const share = now.bytesTotal === 0 ? 1 : now.bytesRead / now.bytesTotal;
  const remaining = share > 0 ? clock((elapsedSeconds * (1 - share)) / share) : '?';
  return {
    percent: Math.floor(share * 100),
    rate: elapsedSeconds > 0 ? Math.round(now.rows / elapsedSeconds) : 0,
    remaining,
  };
}

/** For a log: one line every ten seconds. */
export function lineProgress(write: (text: string) => void, secondsNow: () => number): ProgressDisplay {
  const begun = secondsNow();
  let last = begun;
  return {
    show: (now) => {
      const at = secondsNow();
      if (at - last < 10) return;
      last = at;
      const { percent, rate, remaining } = pace(now, at - begun);
      write(`${percent} %, ${counted(now)}, ${rate} rows/s, about ${remaining} left\n`);
    },
    end: () => undefined,
  };
}

/** For a person at a terminal. */
export function barProgress(stream: NodeJS.WriteStream, colour: boolean, secondsNow: () => number): ProgressDisplay {
  const begun = secondsNow();
  const bar = new SingleBar(
    {
      stream,
      format: `${colour ? '\u001b[36m{bar}\u001b[0m' : '{bar}'} {percentage} %  {rate} rows/s  {remaining} left  {counts}`,
      hideCursor: true,
      fps: 5,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: (now) => {
      const { rate, remaining } = pace(now, secondsNow() - begun);
      const payload = { rate, remaining, counts: counted(now) };
      if (!started) bar.start(now.bytesTotal, 0, payload);
      started = true;
      bar.update(now.bytesRead, payload);
    },
    end: () => {
      if (started) bar.stop();
    },
  };
}
