/** How the others fare while somebody attacks, in milliseconds at the 99th percentile. */
export interface Latency {
  readonly attack: string;
  /** While the same attack goes to a server beside, which costs the machine as much. */
  readonly beside: number;
  readonly attacked: number;
}

/** Below this the scheduler of a machine with two cores decides, not the server. */
const UNNOTICED_MS = 15;
const PAUSE_MS = 100;
const TURNS = 3;
const MOST_TRIALS = 3;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const isHeldUp = ({ beside, attacked }: Latency): boolean => attacked > Math.max(2 * beside, UNNOTICED_MS);

/** Attacks until `measure`, which takes some seconds, has its figure. */
async function during(strike: () => Promise<void>, measure: () => Promise<number>): Promise<number> {
  let isOver = false;
  const attacking = async (): Promise<void> => {
    while (!isOver) {
      await Promise.race([strike(), sleep(10 * PAUSE_MS)]);
      await sleep(PAUSE_MS);
    }
  };
  const attacker = attacking();
  const figure = await measure();
  isOver = true;
  await attacker;
  return figure;
}

interface Strike {
  readonly beside: () => Promise<void>;
  readonly attacked: () => Promise<void>;
}

/** In turns, so that what else the machine does weighs on both; the quickest turn of each is the least disturbed one. */
async function compared(attack: string, strike: Strike, measure: () => Promise<number>): Promise<Latency> {
  const [beside, attacked]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    beside.push(await during(strike.beside, measure));
    attacked.push(await during(strike.attacked, measure));
  }
  return { attack, beside: Math.min(...beside), attacked: Math.min(...attacked) };
}

/**
 * Compares what others wait while the attack goes to the server beside and to the one that is measured; `measure` gives
 * back the 99th percentile. Who is held up is measured again: an attack holds up every time, a busy machine now and then.
 */
export async function latencyUnder(attack: string, strike: Strike, measure: () => Promise<number>): Promise<Latency> {
  let latency = await compared(attack, strike, measure);
  for (let trial = 1; trial < MOST_TRIALS && isHeldUp(latency); trial++)
    latency = await compared(attack, strike, measure);
  return latency;
}

export const asTable = (latencies: readonly Latency[]): string =>
  latencies
    .map(
      ({ attack, beside, attacked }) =>
        `${attack}: ${beside.toFixed(1)} ms while it goes elsewhere, attacked ${attacked.toFixed(1)} ms\n`,
    )
    .join('');
