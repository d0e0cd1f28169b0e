import type { DomainEvent } from '@app/kernel';
import { shown, type ShownDecision } from '@app/testing';
import { withoutRunner } from './without-runner.js';
import { code, linkTo, page, table, type Page } from './page.js';
import { byContext, load, type LoadedFile } from './sources.js';

interface Step {
  readonly from: string;
  readonly command: string;
  readonly event: string;
  readonly to: string;
}

/** The states of each noun, and the steps between them that the specs of its verbs show. */
export async function stateMachinesPage(): Promise<Page> {
  const states = await load((path) => path.endsWith('.state.ts'));
  const steps = new Map<unknown, Step[]>();
  shown.hear = (decision) => {
    const known = steps.get(decision.aggregate) ?? [];
    steps.set(decision.aggregate, [...known, ...stepsOf(decision)]);
  };
  await withoutRunner(() => load((path) => /\/([\w-]+)\/\1\.spec\.ts$/.test(path) && !path.includes('/read-models/')));
  delete shown.hear;
  const drawn = states.filter(({ exported }) => Object.values(exported).some((value) => steps.has(value)));
  return page(
    'state-machines.md',
    'State machines',
    'What the specs show: from which state a command leads to which other one, by which event. A noun without named states has one.',
    byContext(drawn).map(([context, files]) =>
      [`## ${context}`, ...files.flatMap((file) => describe(file, steps))].join('\n\n'),
    ),
  );
}

function stepsOf({ aggregate, command, history, events }: ShownDecision): readonly Step[] {
  let state = history.reduce(aggregate.evolve, aggregate.initial);
  return events.map((event: DomainEvent) => {
    const from = nameOf(state);
    state = aggregate.evolve(state, event);
    return { from, command, event: event.type, to: nameOf(state) };
  });
}

const nameOf = (state: unknown): string =>
  typeof state === 'object' && state !== null && 'status' in state ? String(state.status) : '';

function describe({ path, exported }: LoadedFile, steps: ReadonlyMap<unknown, readonly Step[]>): readonly string[] {
  return Object.values(exported).flatMap((aggregate) => {
    const given = steps.get(aggregate);
    if (given === undefined) return [];
    const { category, initial } = aggregate as { readonly category: string; readonly initial: unknown };
    const cells = inOrder(given, nameOf(initial));
    const hasStates = cells.some(({ to }) => to !== '');
    const text = hasStates
      ? table(
          ['state', 'command', 'event', 'next state'],
          cells.map(({ from, command, event, to }) => [from, command, code(event), to]),
        )
      : table(
          ['command', 'event'],
          cells.map(({ command, event }) => [command, code(event)]),
        );
    return [`### ${category}\n\n${linkTo(path)}\n\n${text}`];
  });
}

/** Each step once: states as they are reached from the first one, then by command. */
function inOrder(given: readonly Step[], first: string): readonly Step[] {
  const byText = new Map(given.map((step) => [Object.values(step).join(' '), step]));
  const steps = [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, step]) => step);
  const states = [first];
  for (const state of states)
    for (const { from, to } of steps) if (from === state && !states.includes(to)) states.push(to);
  const rank = ({ from }: Step): number => (states.includes(from) ? states.indexOf(from) : states.length);
  return steps.sort((one, other) => rank(one) - rank(other));
}
