import {
  Command,
  RuleViolation,
  defineEvents,
  type Aggregate,
  type Decide,
  type EventOf,
  type RecordedEvent,
  type Rule,
} from '@app/kernel';
import { handles } from '@app/event-store';
import { z } from 'zod';
import { defineProcess } from '../src/engine/process-definition.js';

const lampEvents = defineEvents({
  LampBroke: { version: 1, schema: z.strictObject({ lamp: z.string() }) },
  LampMended: { version: 1, schema: z.strictObject({ lamp: z.string() }) },
});
export type LampEvent = EventOf<typeof lampEvents>;

/** How often each lamp of a street was broken and mended. */
export interface Street {
  readonly broke: Readonly<Record<string, number>>;
  readonly mended: Readonly<Record<string, number>>;
}

export const street: Aggregate<Street, LampEvent> = {
  category: 'street',
  events: lampEvents,
  initial: { broke: {}, mended: {} },
  evolve: (state, { type, data: { lamp } }) => {
    const what = type === 'LampBroke' ? 'broke' : 'mended';
    return { ...state, [what]: { ...state[what], [lamp]: (state[what][lamp] ?? 0) + 1 } };
  },
};

export const broke = (lamp: string): LampEvent => ({ type: 'LampBroke', data: { lamp } });

export class MendLamp extends Command<{ readonly lamp: string }> {}
export const lampsAreMended: Rule = { id: 'street/lamps', sentence: 'A lamp of iron cannot be mended.', status: 422 };

/** Not harmless when it is sent twice: what counts is that its command id is known. */
const mendLamp: Decide<MendLamp, Street, LampEvent> = ({ data: { lamp } }) => {
  if (lamp.startsWith('iron')) throw new RuleViolation(lampsAreMended, '/lamp', undefined);
  return [{ type: 'LampMended', data: { lamp } }];
};
const MendLampHandler = handles(MendLamp, street, mendLamp);

/** While it is poisonous, nobody can read what a lamp called poison needs. */
export const poison = { isPoisonous: true };

const dayInMilliseconds = 86_400_000;

/** One instance for each street: a lamp is mended at once and looked after a day later. */
export const mendLampWhenItBreaks = defineProcess<Street>({
  name: 'mend-lamp-when-it-breaks',
  hears: { LampBroke: ({ stream }: RecordedEvent) => [stream.id] },
  facts: async (reader, { tenant, key, trigger }) => {
    const lamp = trigger.kind === 'event' ? (trigger.event.data as { lamp: string }).lamp : '';
    if (lamp === 'poison' && poison.isPoisonous) throw new Error('this lamp is poison');
    return (await reader.load(street, tenant, key)).state;
  },
  react: (trigger, state, { broke: times }, now) => {
    switch (trigger.kind) {
      case 'event': {
        const { lamp } = trigger.event.data as { lamp: string };
        const name = `mend ${lamp} ${times[lamp]}`;
        if (state.commands[name] !== undefined) return [];
        return [{ type: 'CommandIssued', data: { name, command: 'mend-lamp', target: 'main-street', data: { lamp } } }];
      }
      case 'answer': {
        const sent = state.commands[trigger.command];
        if (sent?.answer === 'refused')
          return [
            {
              type: 'ActionRequested',
              data: {
                action: trigger.command,
                kind: 'report-progress',
                role: 'service-owner',
                subject: { kind: 'plan', stream: 'street-boston/main-street' },
                reason: sent.sentence,
              },
            },
          ];
        const dueAt = new Date(Date.parse(now) + dayInMilliseconds).toISOString();
        return [{ type: 'TimerSet', data: { timer: `look after ${trigger.command}`, dueAt } }];
      }
      case 'timer':
        return [{ type: 'Remembered', data: { name: trigger.timer, value: now } }];
    }
  },
  orders: { 'mend-lamp': { command: MendLamp, handler: MendLampHandler } },
});
