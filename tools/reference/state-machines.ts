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
    const { category } = aggregate as { readonly category: string };
    const rows = [...new Set(given.map(({ from, command, event, to }) => [from, command, event, to].join('|')))].sort();
    const cells = rows.map((row) => row.split('|'));
    const hasStates = cells.some(([from, , , to]) => from !== '' || to !== '');
    const text = hasStates
      ? table(
          ['state', 'command', 'event', 'next state'],
          cells.map(([from, command, event, to]) => [from!, command!, code(event!), to!]),
        )
      : table(
          ['command', 'event'],
          cells.map(([, command, event]) => [command!, code(event!)]),
        );
    return [`### ${category}\n\n${linkTo(path)}\n\n${text}`];
  });
}
