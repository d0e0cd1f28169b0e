import type { Consumer } from './consumer.js';
import type { Message } from './message.js';
import { Pinned } from './pinned.js';
import type { Choice, Strategy } from './strategy.js';

/** Every message to the next consumer in turn that has room. */
class RoundRobin implements Strategy {
  protected readonly consumers: Consumer[] = [];

  join(consumer: Consumer): void {
    this.consumers.push(consumer);
  }

  leave(consumer: Consumer): void {
    this.consumers.splice(this.consumers.indexOf(consumer), 1);
  }

  choose(_message: Message): Choice {
    for (let tried = 0; tried < this.consumers.length; tried++) {
      const consumer = this.consumers.shift() as Consumer;
      this.consumers.push(consumer);
      if (consumer.hasRoom) return consumer;
    }
    return 'all are busy';
  }

  given(): void {}
  released(): void {}
}

/** Every message to the same consumer until it has no room, then to the next. */
class DispatchToSingle extends RoundRobin {
  override choose(_message: Message): Choice {
    for (let tried = 0; tried < this.consumers.length; tried++) {
      const consumer = this.consumers[0] as Consumer;
      if (consumer.hasRoom) return consumer;
      this.consumers.shift();
      this.consumers.push(consumer);
    }
    return 'all are busy';
  }
}

const STRATEGIES: Record<string, () => Strategy> = {
  RoundRobin: () => new RoundRobin(),
  DispatchToSingle: () => new DispatchToSingle(),
  Pinned: () => new Pinned(),
  PinnedByCorrelation: () => new Pinned(),
};

export const isStrategy = (name: string): boolean => Object.hasOwn(STRATEGIES, name);

export function newStrategy(name: string): Strategy {
  const make = STRATEGIES[name];
  if (make === undefined) throw new Error(`Consumer strategy ${name} does not exist.`);
  return make();
}
