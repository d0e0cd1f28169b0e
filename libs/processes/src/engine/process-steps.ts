import type { StreamDecider } from '@app/event-store';
import {
  Command,
  RuleViolation,
  ledgerNamespace,
  streamName,
  uuidV5,
  type Clock,
  type CommandMetadata,
  type RecordedEvent,
  type Trigger,
} from '@app/kernel';
import type { Cause, IssuedCommand, ProcessEvent } from '../process/process.events.js';
import { awaitedCommands, dueTimers, processInstance, type ProcessState } from '../process/process.state.js';
import type { Process } from './process-definition.js';

export interface Instance {
  readonly tenant: string;
  /** Of the process. */
  readonly name: string;
  readonly key: string;
}

export const idOf = ({ name, key }: Instance): string => `${name}/${key}`;
export const streamOf = (instance: Instance): string =>
  streamName({ category: processInstance.category, tenant: instance.tenant, id: idOf(instance) });

/** Reverse of {@link streamOf} without the category: `<name>/<key>`. */
export function instanceOf(tenant: string, id: string): Instance {
  const slash = id.indexOf('/');
  return { tenant, name: id.slice(0, slash), key: id.slice(slash + 1) };
}

/** One step of one instance; what it records, the process has decided. */
class TakeStep extends Command<{ readonly trigger: Trigger['kind'] }> {}

/** A process that orders something again whenever it is answered would never rest. */
const mostAnswersInVain = 50;

/**
 * Takes the steps of process instances. Each step is one append to the stream of the instance, so that a repeated one is
 * recognised by its command id; a command that was issued is sent until its answer is recorded, under the same id.
 */
export class ProcessSteps {
  constructor(
    private readonly decider: StreamDecider,
    private readonly clock: Clock,
  ) {}

  /** @throws StoreUnavailable; anything else is a defect of the process, of a fact or of a command. */
  async hear(process: Process, key: string, event: RecordedEvent): Promise<void> {
    const instance = { tenant: event.stream.tenant, name: process.name, key };
    const cause = { eventId: event.id, correlationId: event.metadata.correlationId };
    await this.step(process, instance, { kind: 'event', event }, cause, `event ${event.id}`);
    await this.sendAwaited(process, instance);
  }

  /** Takes the steps of all timers that are due, then sends what waits to be sent. */
  async wake(process: Process, instance: Instance): Promise<void> {
    const { state, revision } = await this.load(instance);
    for (const timer of dueTimers(state, this.now())) {
      const cause = state.timers[timer]?.cause;
      await this.step(process, instance, { kind: 'timer', timer }, cause, `timer ${timer} ${revision}`);
    }
    await this.sendAwaited(process, instance);
  }

  private async sendAwaited(process: Process, instance: Instance): Promise<void> {
    if (Object.keys(process.orders).length === 0) return;
    let fewest = Infinity;
    for (let inVain = 0; ;) {
      const { state } = await this.load(instance);
      const awaited = awaitedCommands(state);
      const [issued] = awaited;
      if (issued === undefined) return;
      inVain = awaited.length < fewest ? 0 : inVain + 1;
      fewest = Math.min(fewest, awaited.length);
      if (inVain > mostAnswersInVain)
        throw new Error(`${streamOf(instance)} issues another command whenever one is answered.`);
      const answer = await this.send(process, instance, issued);
      const trigger: Trigger = { kind: 'answer', command: issued.name };
      await this.step(process, instance, trigger, issued.cause, `answer ${issued.name}`, answer);
    }
  }

  private async step(
    process: Process,
    instance: Instance,
    trigger: Trigger,
    cause: Cause | undefined,
    stepName: string,
    answer?: ProcessEvent,
  ): Promise<void> {
    const now = this.now();
    const first = trigger.kind === 'timer' ? timerElapsed(trigger.timer) : answer;
    const begun = (state: ProcessState): ProcessState =>
      first === undefined ? state : processInstance.evolve(state, first);
    const { state } = await this.load(instance);
    const react = await process.prepare(this.decider, { ...instance, trigger, state: begun(state), now });
    const metadata = this.metadata(instance, stepName, now, cause);
    await this.decider.execute(
      processInstance,
      new TakeStep(instance.tenant, idOf(instance), { trigger: trigger.kind }, metadata),
      (_command, current: ProcessState) => {
        if (trigger.kind === 'timer' && !dueTimers(current, now).includes(trigger.timer)) return [];
        const next = react(begun(current), now).map((event) => withCause(event, cause));
        return first === undefined ? next : [first, ...next];
      },
      undefined,
    );
  }

  private async send(process: Process, instance: Instance, issued: IssuedCommand): Promise<ProcessEvent> {
    const { name, command, target, data, cause } = issued;
    const order = process.orders[command];
    if (order === undefined) throw new Error(`${process.name} has no order ${command}.`);
    const metadata = this.metadata(instance, `command ${name}`, this.now(), cause);
    try {
      const handler = new order.handler(this.decider);
      const accepted = await handler.execute(
        new order.command(instance.tenant, target, data as never, metadata) as never,
      );
      return {
        type: 'CommandAccepted',
        data: { name, revision: accepted.revision.toString(), eventIds: [...accepted.eventIds] },
      };
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return { type: 'CommandRefused', data: { name, rule: error.rule.id, sentence: error.message } };
    }
  }

  private async load(instance: Instance) {
    return this.decider.load(processInstance, instance.tenant, idOf(instance));
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  /** The system acts, because of what it heard; the same step always has the same command id. */
  private metadata(
    instance: Instance,
    stepName: string,
    occurredAt: string,
    cause: Cause | undefined,
  ): CommandMetadata {
    const commandId = uuidV5(ledgerNamespace, `${streamOf(instance)} ${stepName}`);
    return {
      commandId,
      correlationId: cause?.correlationId ?? commandId,
      ...(cause === undefined ? {} : { causationId: cause.eventId }),
      actor: {
        person: 'civic-ledger',
        role: 'system',
        tenant: instance.tenant,
        grant: instance.name,
        grantRevision: '0',
      },
      occurredAt,
    };
  }
}

const timerElapsed = (timer: string): ProcessEvent => ({ type: 'TimerElapsed', data: { timer } });

/** What follows later is caused by what is heard now. */
function withCause(event: ProcessEvent, cause: Cause | undefined): ProcessEvent {
  if (cause === undefined) return event;
  if (event.type === 'TimerSet') return { ...event, data: { ...event.data, cause } };
  return event.type === 'CommandIssued' ? { ...event, data: { ...event.data, cause } } : event;
}
