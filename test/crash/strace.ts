import { execFileSync } from 'node:child_process';

/** Why strace cannot be used here; undefined where it can. */
export const noStrace = ((): string | undefined => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'strace is not installed or may not trace';
  }
})();
