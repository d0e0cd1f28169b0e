import type { EventStoreDBClient } from '@eventstore/db-client';
import { within } from './time-limit.js';

/** Members of client 6.2.1 that its types hide. */
interface Insides {
  GRPCStreamCreator: (
    service: unknown,
    name: string,
    create: (stub: Stub) => unknown,
    cache?: unknown,
  ) => () => Promise<unknown>;
  readonly getChannel: () => Promise<{ close(): void }>;
}

interface Stub {
  batchAppend(...args: unknown[]): BatchCall;
}

interface BatchCall {
  on(event: string, listener: (argument: unknown) => void): unknown;
  write(message: unknown): boolean;
}

const insidesOf = (client: EventStoreDBClient): Insides => client as unknown as Insides;

/**
 * Keeps two faults of client 6.2.1 from ending the process. An error of any batch call of the process makes it forget
 * all appends in flight, those of other clients too, and it throws at the answer to one that it forgot; from then on
 * it reads no further answer of that call. And a call that breaks while writes wait for room rejects promises that
 * nobody holds.
 */
export function guarded(client: EventStoreDBClient): EventStoreDBClient {
  const insides = insidesOf(client);
  const create = insides.GRPCStreamCreator;
  insides.GRPCStreamCreator = (service, name, open, cache) =>
    create(service, name, (stub) => open(name === 'appendToStream' ? withTolerantBatches(stub) : stub), cache);
  return client;
}

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
