import { agreement, type AgreementEvent } from '@app/agreements/events';
import type { StreamDecider } from '@app/event-store';
import { streamName, type Accepted, type Aggregate, type Command, type Decide, type DomainEvent } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import {
  cutOff,
  evaluated,
  evaluationOf,
  finalised,
  onTime,
  opened,
} from '../compliance-period/compliance-period.examples.js';
import type { CompliancePeriodEvent } from '../compliance-period/compliance-period.events.js';

import { confirmed, detected, minor, points, severe, threePoints } from './breach.examples.js';
import { breachId } from './breach.state.js';
import { BreachFollowUp } from './follow-compliance-period.process.js';

/** Streams in memory; it can break off before an append, as a process that is killed does. */
class StreamsInMemory {
  readonly streams = new Map<string, DomainEvent[]>();
  readonly commands: Command[] = [];
  appendsLeft = Infinity;

  async load<State, Event extends DomainEvent>(
    { category, initial, evolve }: Aggregate<State, Event>,
    tenant: string,
    id: string,
    at: { readonly revision?: bigint } = {},
  ): Promise<{ state: State; revision: bigint }> {
    const all = (this.streams.get(streamName({ category, tenant, id })) ?? []) as Event[];
    const events = at.revision === undefined ? all : all.slice(0, Number(at.revision) + 1);
    return { state: events.reduce(evolve, initial), revision: BigInt(events.length - 1) };
  }

  async execute<State, Event extends DomainEvent, C extends Command, Facts>(
    aggregate: Aggregate<State, Event>,
    command: C,
    decide: Decide<C, State, Event, Facts>,
    facts: Facts,
  ): Promise<Accepted> {
    const { tenant, id } = command;
    this.commands.push(command);
    const name = streamName({ category: aggregate.category, tenant, id });
    const events = decide(command, (await this.load(aggregate, tenant, id)).state, facts);
    if (events.length > 0 && this.appendsLeft-- <= 0) throw new Error('killed');
    this.streams.set(name, [...(this.streams.get(name) ?? []), ...events]);
    return { tenant, id, streamName: name, revision: 0n, eventIds: [] };
  }
}

const period = 'compliance-boston/street-services/2011-07';
const breachStream = `breach-boston/${breachId('street-services', 'on-time', 'all', '2011-07')}`;
const signed: readonly AgreementEvent[] = [
  {
    type: 'AgreementDrafted',
    data: { title: 'Street services', kind: 'SLA', serviceIds: ['s'], disputeWindowDays: 10, author: 'p-clerk' },
  },
  { type: 'ObjectiveAdded', data: onTime },
  { type: 'ConsequenceDefined', data: points },
];

function given(...events: readonly CompliancePeriodEvent[]) {
  const streams = new StreamsInMemory();
  streams.streams.set(period, [...events]);
  streams.streams.set(`${agreement.category}-boston/street-services`, [...signed]);
  const followUp = new BreachFollowUp(streams as unknown as StreamDecider);
  const id = 'street-services/2011-07';
  return {
    streams,
    assess: () => followUp.assess('boston', id, exampleMetadata),
    confirm: () => followUp.confirm('boston', id, exampleMetadata),
    breaches: () => streams.streams.get(breachStream) ?? [],
  };
}

describe('follow a compliance period', () => {
  it('an evaluation that misses becomes a detected breach', async () => {
    const { assess, breaches } = given(opened, cutOff, evaluated('96.5'));
    await assess();
    expect(breaches()).toEqual([detected(severe)]);
  });
  it('an evaluation that meets, or none, becomes nothing', async () => {
    for (const events of [[opened, cutOff, evaluated('99')], [opened, cutOff], []]) {
      const { assess, confirm, breaches } = given(...events);
      await assess();
      await confirm();
      expect(breaches()).toEqual([]);
    }
  });
  it('run twice, nothing happens, and the commands have the same ids', async () => {
    const { assess, breaches, streams } = given(opened, cutOff, evaluated('96.5'));
    await assess();
    await assess();
    expect(breaches()).toEqual([detected(severe)]);
    expect(streams.commands[0]!.metadata.commandId).toBe(streams.commands[1]!.metadata.commandId);
  });
  it('the system acts, for the person who asked, caused by the command', async () => {
    const { assess, streams } = given(opened, cutOff, evaluated('96.5'));
    await assess();
    expect(streams.commands[0]!.metadata).toMatchObject({
      actor: { role: 'system' },
      onBehalfOf: exampleMetadata.actor.person,
      causationId: exampleMetadata.commandId,
    });
  });
  it('a breach that a later evaluation no longer finds is withdrawn', async () => {
    const { assess, breaches, streams } = given(opened, cutOff, evaluated('96.5'));
    await assess();
    streams.streams.get(period)!.push(evaluated('99'));
    await assess();
    expect(breaches().map(({ type }) => type)).toEqual(['BreachDetected', 'BreachWithdrawn']);
  });
  it('nothing is confirmed from provisional figures', async () => {
    const { confirm, breaches } = given(opened, cutOff, evaluated('96.5'));
    await confirm();
    expect(breaches()).toEqual([]);
  });
  it('final figures confirm the breach with its consequence, once', async () => {
    const { confirm, breaches } = given(opened, cutOff, evaluated('96.5'), finalised('96.5'));
    await confirm();
    await confirm();
    expect(breaches()).toEqual([detected(severe), confirmed, threePoints]);
  });
  it('a run that broke off is repaired by the next one', async () => {
    for (const appends of [0, 1]) {
      const { confirm, breaches, streams } = given(opened, cutOff, evaluated('96.5'), finalised('96.5'));
      streams.appendsLeft = appends;
      await expect(confirm()).rejects.toThrow('killed');
      expect(breaches()).toHaveLength(appends);
      streams.appendsLeft = Infinity;
      await confirm();
      expect(breaches()).toEqual([detected(severe), confirmed, threePoints]);
    }
  });
  it('a reassessed breach is confirmed from the last evaluation', async () => {
    const { assess, confirm, breaches, streams } = given(opened, cutOff, evaluated('96.5'));
    await assess();
    streams.streams.get(period)!.push(evaluated('98.5'), {
      type: 'ComplianceFinalised',
      data: { finalisedAt: '2011-08-16T09:00:00Z', resultHash: evaluationOf('98.5').resultHash },
    } satisfies CompliancePeriodEvent);
    await confirm();
    expect(breaches().slice(1)).toEqual([
      { type: 'BreachReassessed', data: minor },
      { type: 'BreachConfirmed', data: { resultHash: minor.resultHash } },
      expect.objectContaining({ type: 'ConsequenceApplied', data: expect.objectContaining({ points: '1' }) }),
    ]);
  });
});
