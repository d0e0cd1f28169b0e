/** How the others fare while somebody attacks, in milliseconds at the 99th percentile. */
export interface Latency {
  readonly attack: string;
  readonly normal: number;
  readonly attacked: number;
}

/** Below this the scheduler of a machine with two cores decides, not the server. */
const UNNOTICED_MS = 15;
const PAUSE_MS = 100;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const isHeldUp = ({ normal, attacked }: Latency): boolean => attacked > Math.max(2 * normal, UNNOTICED_MS);

/** Measures without an attack and then with one; `measure` takes some seconds and gives back the 99th percentile. */
export async function latencyUnder(
  attack: string,
  strike: () => Promise<void>,
  measure: () => Promise<number>,
): Promise<Latency> {
  const normal = await measure();
  let isOver = false;
  const attacking = async (): Promise<void> => {
    while (!isOver) {
      await Promise.race([strike(), sleep(10 * PAUSE_MS)]);
      await sleep(PAUSE_MS);
    }
  };
  const attacker = attacking();
  const attacked = await measure();
  isOver = true;
  await attacker;
  return { attack, normal, attacked };
}

export const asTable = (latencies: readonly Latency[]): string =>
  latencies
    .map(({ attack, normal, attacked }) => `${attack}: ${normal.toFixed(1)} ms, attacked ${attacked.toFixed(1)} ms\n`)
    .join('');
