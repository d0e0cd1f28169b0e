import type { EventStoreDBClient } from '@eventstore/db-client';
import { within } from './time-limit.js';

/** Members of client 6.2.1 that its types hide. */
interface Insides {
  execute: (service: unknown, name: string, action: (stub: Stub) => unknown) => unknown;
  GRPCStreamCreator: (
    service: unknown,
    name: string,
    create: (stub: Stub) => unknown,
    cache?: unknown,
  ) => () => Promise<unknown>;
  readonly getChannel: () => Promise<{ close(): void }>;
}

interface Stub {
  append(...args: unknown[]): AppendCall;
  batchAppend(...args: unknown[]): BatchCall;
}

interface ProposedEvent {
  getMetadataMap(): { set(name: string, value: string): unknown };
}

interface AppendCall {
  write(message: { getProposedMessage(): ProposedEvent | undefined }): boolean;
}

interface BatchMessage {
  getProposedMessagesList(): readonly ProposedEvent[];
}

interface BatchCall {
  on(event: string, listener: (argument: unknown) => void): unknown;
  write(message: BatchMessage): boolean;
}

const insidesOf = (client: EventStoreDBClient): Insides => client as unknown as Insides;

/**
 * Keeps two faults of client 6.2.1 from ending the process. An error of any batch call of the process makes it forget
 * all appends in flight, those of other clients too, and it throws at the answer to one that it forgot; from then on
 * it reads no further answer of that call. And a call that breaks while writes wait for room rejects promises that
 * nobody holds.
 *
 * What is appended is JSON already in bytes. The client takes bytes as they are only from events that are not JSON; of
 * the others it makes base64, which its messages decode twice. So bytes go in, and are called JSON on their way out.
 */
export function guarded(client: EventStoreDBClient): EventStoreDBClient {
  const insides = insidesOf(client);
  const { execute, GRPCStreamCreator: create } = insides;
  insides.execute = (service, name, action) =>
    execute(service, name, (stub) => action(name === 'appendToStream' ? withJson(stub) : stub));
  insides.GRPCStreamCreator = (service, name, open, cache) =>
    create(service, name, (stub) => open(name === 'appendToStream' ? withTolerantBatches(stub) : stub), cache);
  return client;
}

const isJson = (event: ProposedEvent): void => void event.getMetadataMap().set('content-type', 'application/json');

/** For a server without batches. */
const withJson = (stub: Stub): Stub =>
  Object.create(stub, {
    append: {
      value: (...args: unknown[]) => {
        const call = stub.append(...args);
        const write = call.write.bind(call);
        call.write = (message) => {
          const event = message.getProposedMessage();
          if (event !== undefined) isJson(event);
          return write(message);
        };
        return call;
      },
    },
  }) as Stub;

const withTolerantBatches = (stub: Stub): Stub =>
  Object.create(stub, {
    batchAppend: { value: (...args: unknown[]) => tolerant(stub.batchAppend(...args)) },
  }) as Stub;

function tolerant(call: BatchCall): BatchCall {
  const on = call.on.bind(call);
  const write = call.write.bind(call);
  call.on = (event, listener) => on(event, event === 'data' ? whateverHappensIn(listener) : listener);
  // The callers bound what is in flight: nothing needs to wait for room.
  call.write = (message) => {
    message.getProposedMessagesList().forEach(isJson);
    write(message);
    return true;
  };
  return call;
}

/** The append whose answer is lost here runs into its own time limit. */
const whateverHappensIn =
  (listener: (argument: unknown) => void) =>
  (argument: unknown): void => {
    try {
      listener(argument);
    } catch {
      return;
    }
  };

const millisecondsToRetire = 1_000;

/** Ends all calls and the connection. Bounded: dispose() can hang after a read that was left early. */
export async function retire(client: EventStoreDBClient): Promise<void> {
  const end = async (): Promise<void> => {
    await client.dispose();
    (await insidesOf(client).getChannel()).close();
  };
  await within(millisecondsToRetire, end(), () => new Error('still open')).catch(() => undefined);
}
