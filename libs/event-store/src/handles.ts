import type { Accepted, Aggregate, Command, CommandMetadata, Decide, DomainEvent } from '@app/kernel';
import { Inject, type Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import { StreamDecider, type AggregateReader } from './stream-decider.js';

type CommandType<C> = new (tenant: string, id: string, data: never, metadata: CommandMetadata) => C;

type HandlerType<C> = Type<{ execute(command: C): Promise<Accepted> }>;

/** The CommandBus handler of one slice; `facts` reads other aggregates before the decision. */
export function handles<C extends Command, State, Event extends DomainEvent>(
  command: CommandType<C>,
  aggregate: Aggregate<State, Event>,
  decide: Decide<C, State, Event>,
): HandlerType<C>;
export function handles<C extends Command, State, Event extends DomainEvent, Facts>(
  command: CommandType<C>,
  aggregate: Aggregate<State, Event>,
  decide: Decide<C, State, Event, Facts>,
  facts: (command: C, reader: AggregateReader) => Promise<Facts>,
): HandlerType<C>;
export function handles<C extends Command, State, Event extends DomainEvent, Facts>(
  command: CommandType<C>,
  aggregate: Aggregate<State, Event>,
  decide: Decide<C, State, Event, Facts>,
  facts?: (command: C, reader: AggregateReader) => Promise<Facts>,
): HandlerType<C> {
  class Handler {
    constructor(@Inject(StreamDecider) private readonly decider: StreamDecider) {}

    async execute(given: C): Promise<Accepted> {
      const known = facts === undefined ? undefined : await facts(given, this.decider.facts);
      return this.decider.execute(aggregate, given, decide, known as Facts);
    }
  }
  Object.defineProperty(Handler, 'name', { value: `${command.name}Handler` });
  CommandHandler(command as unknown as Parameters<typeof CommandHandler>[0])(Handler);
  return Handler;
}
