import { agency } from '@app/directory/events';
import type { StreamDecider } from '@app/event-store';
import { RuleViolation, type Aggregate, type Command, type Decide, type DomainEvent } from '@app/kernel';
import { exampleMetadata } from '@app/testing';

export interface Happened {
  readonly stream: string;
  readonly event: DomainEvent;
  readonly person: string;
  readonly role: string;
}

type CommandType = new (tenant: string, id: string, data: never, metadata: typeof exampleMetadata) => Command;
type HandlerType<C> = new (decider: StreamDecider) => { execute(command: C): Promise<unknown> };

const day = 86_400_000;
const text = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Streams in memory: the handlers of the service decide on them, with the facts that they gather themselves. */
export class LivedThrough {
  readonly happened: Happened[] = [];
  #now = Date.parse('2026-01-05T09:00:00Z');
  readonly #states = new Map<string, unknown>();

  constructor() {
    const registered = { type: 'AgencyRegistered', data: { name: 'Boston', timeZone: 'UTC' } } as const;
    this.#states.set('agency/boston', agency.evolve(agency.initial, registered));
  }

  later(days: number): void {
    this.#now += days * day;
  }

  /** RFC 3339, so many days from now. */
  in(days: number): string {
    return text(this.#now + days * day);
  }

  state<State>({ category, initial }: Pick<Aggregate<State, never>, 'category' | 'initial'>, id: string): State {
    return (this.#states.get(`${category}/${id}`) as State | undefined) ?? initial;
  }

  /** A refusal is one of the things that may happen; everything else is a mistake. */
  async send<C extends Command>(
    handler: HandlerType<C>,
    command: CommandType & (new (...args: never[]) => C),
    id: string,
    data: C['data'],
    { person, role }: { readonly person: string; readonly role: string },
  ): Promise<void> {
    const actor = { ...exampleMetadata.actor, person, role };
    const made = new command('boston', id, data as never, { ...exampleMetadata, actor, occurredAt: text(this.#now) });
    await this.try(() => new handler(this.#decider).execute(made as C));
  }

  async try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
  }

  record<State, Event extends DomainEvent>(
    aggregate: Aggregate<State, Event>,
    id: string,
    events: readonly Event[],
    { person, role }: { readonly person: string; readonly role: string },
  ): void {
    const stream = `${aggregate.category}/${id}`;
    for (const event of events) {
      this.#states.set(stream, aggregate.evolve(this.state<State>(aggregate, id), event));
      this.happened.push({ stream, event, person, role });
    }
  }

  readonly #reader = {
    load: <State, Event extends DomainEvent>(aggregate: Aggregate<State, Event>, _tenant: string, id: string) =>
      Promise.resolve({ state: this.state<State>(aggregate as never, id), revision: 0n }),
  };

  readonly #decider = {
    ...this.#reader,
    facts: this.#reader,
    execute: <State, Event extends DomainEvent, C extends Command, Facts>(
      aggregate: Aggregate<State, Event>,
      command: C,
      decide: Decide<C, State, Event, Facts>,
      facts: Facts,
    ) => {
      const events = decide(command, this.state<State>(aggregate, command.id), facts);
      this.record(aggregate, command.id, events, command.metadata.actor);
      return Promise.resolve({ eventIds: events });
    },
  } as unknown as StreamDecider;
}
