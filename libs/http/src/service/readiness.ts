import { Injectable } from '@nestjs/common';

export interface Probe {
  readonly name: string;
  /** Fails, or says what it found. */
  readonly check: () => Promise<Readonly<Record<string, unknown>> | void>;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'unavailable' | 'draining';
  readonly checks: Readonly<Record<string, { readonly status: 'up' | 'down' } & Record<string, unknown>>>;
}

const patience = 2_000;

/** Whether requests should come here: the stores answer, and the process is not ending. */
@Injectable()
export class Readiness {
  #draining = false;
  readonly #probes: Probe[] = [];

  add(...probes: readonly Probe[]): void {
    this.#probes.push(...probes);
  }

  drain(): void {
    this.#draining = true;
  }

  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all(this.#probes.map(async (probe) => [probe.name, await outcome(probe)] as const));
    const up = checks.every(([, { status }]) => status === 'up');
    return {
      status: this.#draining ? 'draining' : up ? 'ready' : 'unavailable',
      checks: Object.fromEntries(checks),
    };
  }
}

async function outcome({ check }: Probe) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patience);
  });
  try {
    return { status: 'up' as const, ...(await Promise.race([check(), late])) };
  } catch {
    return { status: 'down' as const };
  } finally {
    clearTimeout(timer);
  }
}
