import type { AggregateReader } from '@app/event-store';
import type { Accepted, Command, CommandMetadata, React, RecordedEvent, Trigger } from '@app/kernel';
import type { StreamDecider } from '@app/event-store';
import type { ProcessEvent } from '../process/process.events.js';
import type { ProcessState } from '../process/process.state.js';

/** What a process may order of a context, in the words of `@app/<context>/commands`. */
export interface Order {
  readonly command: new (tenant: string, id: string, data: never, metadata: CommandMetadata) => Command;
  readonly handler: new (decider: StreamDecider) => { execute(command: never): Promise<Accepted> };
}

/** Where facts are asked for. */
export interface Occasion {
  readonly tenant: string;
  readonly key: string;
  readonly trigger: Trigger;
  readonly state: ProcessState;
  /** RFC 3339. */
  readonly now: string;
}

export interface ProcessDefinition<Facts> {
  /** Says what it does and when: it is the name of the file, a part of its streams and the grant in its metadata. */
  readonly name: string;
  /** By event type: keys of the instances that the event is for. */
  readonly hears: Readonly<Record<string, (event: RecordedEvent) => readonly string[]>>;
  /** Reads other records as they stand now. */
  readonly facts: (reader: AggregateReader, occasion: Occasion) => Promise<Facts>;
  readonly react: React<ProcessState, ProcessEvent, Facts>;
  /** By the name that `CommandIssued` has for it. */
  readonly orders: Readonly<Record<string, Order>>;
}

/** A process as the engine sees it. Written as methods, so that processes of different facts fit in one list. */
export interface Process {
  readonly name: string;
  readonly hears: ProcessDefinition<unknown>['hears'];
  readonly orders: ProcessDefinition<unknown>['orders'];
  prepare(
    reader: AggregateReader,
    occasion: Occasion,
  ): Promise<(state: ProcessState, now: string) => readonly ProcessEvent[]>;
}

export function defineProcess<Facts>(definition: ProcessDefinition<Facts>): Process & ProcessDefinition<Facts> {
  return {
    ...definition,
    prepare: async (reader, occasion) => {
      const facts = await definition.facts(reader, occasion);
      return (state, now) => definition.react(occasion.trigger, state, facts, now);
    },
  };
}
