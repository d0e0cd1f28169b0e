import { bookParts, type BookPart, type PlanBookContent } from './book-content.js';
import type { GoalRow } from './goal-rows.js';

/** What is printed, in whatever form: headings, paragraphs and tables of plain text. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      /** The first cell of a row names it. */
      readonly rows: readonly (readonly string[])[];
    };

export interface PrintedBook {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly blocks: readonly Block[];
}

const none = '–';
const or = (text: string | null, otherwise = none): string => (text === null || text === '' ? otherwise : text);
const inWords = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const heading = (level: 2 | 3 | 4, text: string): Block => ({ kind: 'heading', level, text });
const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] =>
  rows.length === 0 ? [] : [{ kind: 'table', caption, head, rows }];

const titles: Readonly<Record<BookPart, string>> = {
  consultation: 'Consultation arrangements',
  access: 'Access to services',
  standards: 'Service standards',
  information: 'Information about services',
  complaints: 'Complaints and redress',
};

const consultationsTitle = 'Consultations on this plan';

/** The book in the order of regulation 38; parts without anything recorded say so. */
export function printed(book: PlanBookContent): PrintedBook {
  return {
    title: book.title,
    facts: factsOf(book),
    blocks: [
      ...book.services.flatMap((service) => serviceBlocks(service, book)),
      ...consultationBlocks(book),
      ...goalBlocks(book),
    ],
  };
}

const factsOf = (book: PlanBookContent): PrintedBook['facts'] => [
  ['Agency', book.agencyName],
  ['Cycle', `${book.cycle}, from ${book.from} to ${book.to}`],
  ['State', inWords(book.status)],
  ['Strategic plan', or(book.strategicPlan)],
  ['Plan before', or(book.predecessor)],
  ...(book.publishedBy === null
    ? []
    : ([
        ['Published by', book.publishedBy],
        ['Source', or(book.source)],
      ] as const)),
  ['Leadership team', or(book.seats.map(({ seat, members }) => `${inWords(seat)}: ${members}`).join(', '))],
  ['Content hash', or(book.contentHash)],
  ['As of', `${book.validAt}, revision ${book.revision}`],
];

function serviceBlocks(
  service: PlanBookContent['services'][number],
  { consultations }: PlanBookContent,
): readonly Block[] {
  const years = [...new Set(service.standards.flatMap((line) => line.years.map(({ year }) => year)))].sort();
  const nameOf = (group: string | null): string =>
    group === null ? 'All' : (service.groups.find((one) => one.group === group)?.name ?? group);
  const limits = (scope: Readonly<Record<string, string>>): string =>
    Object.entries(scope)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const linesOf = (part: BookPart): readonly Block[] =>
    table(
      `${titles[part]} of ${service.name}`,
      [
        'Standard',
        'Client group',
        'Dimension',
        'Unit',
        'Current',
        ...years.flatMap((year) => [`${year} desired`, `${year} actual`]),
      ],
      service.standards
        .filter((line) => line.part === part)
        .map((line) => [
          limits(line.scope) === '' ? line.title : `${line.title} (${limits(line.scope)})`,
          nameOf(line.group),
          inWords(line.dimension),
          or(line.unit),
          line.currentPeriod === null ? line.current : `${line.current} (${line.currentPeriod})`,
          ...years.flatMap((year) => {
            const found = line.years.find((one) => one.year === year);
            return [or(found?.desired ?? null), found === undefined ? none : or(found.actual, 'No data')];
          }),
        ]),
    );
  const barriers = service.groups.flatMap(({ name, barriers: standing }) =>
    standing.map(({ barrier, severity }) => [barrier, name, inWords(severity)]),
  );
  return [
    heading(2, service.name),
    paragraph(service.rationale),
    ...(service.channels.length === 0 ? [] : [paragraph(`Channels: ${service.channels.map(inWords).join(', ')}.`)]),
    ...table(
      `Client groups of ${service.name}`,
      ['Client group', 'Kind', 'Uses the service', 'People', 'Counted'],
      service.groups.map(({ name, kind, actualOrPotential, population, populationAsOf, populationSource }) => [
        name,
        inWords(kind),
        actualOrPotential === 'actual' ? 'Yes' : 'Not yet',
        String(population),
        `${populationAsOf}, ${populationSource}`,
      ]),
    ),
    ...bookParts.flatMap((part) => {
      const blocks = [
        ...linesOf(part),
        ...(part === 'access'
          ? table(`Barriers to ${service.name}`, ['Barrier', 'Client group', 'Severity'], barriers)
          : []),
      ];
      const isBelow = part === 'consultation' && consultations.length > 0;
      const otherwise = paragraph(isBelow ? `See: ${consultationsTitle}.` : 'Nothing is recorded.');
      return [heading(3, titles[part]), ...(blocks.length === 0 ? [otherwise] : blocks)];
    }),
  ];
}

function consultationBlocks({ consultations, services }: PlanBookContent): readonly Block[] {
  if (consultations.length === 0) return [];
  const names = new Map(services.flatMap(({ groups }) => groups.map(({ group, name }) => [group, name] as const)));
  return [
    heading(2, consultationsTitle),
    ...consultations.flatMap(({ title, status, adequate, openedOn, closedOn, groups, youSaidWeDid }) => [
      heading(3, title),
      paragraph(
        `${inWords(status)}. Opened ${or(openedOn, 'not yet')}, closed ${or(closedOn, 'not yet')}. ` +
          (adequate === null ? 'Adequacy is not decided.' : adequate ? 'Adequate.' : 'Not adequate.'),
      ),
      ...table(
        `Who was reached: ${title}`,
        ['Client group', 'Reached', 'People', 'Standing'],
        groups.map(({ group, reached, population, standing }) => [
          names.get(group) ?? group,
          `${reached}`,
          `${population}`,
          inWords(standing),
        ]),
      ),
      ...table(
        `You said, we did: ${title}`,
        ['You said', 'We did'],
        youSaidWeDid.map(({ youSaid, weDid }) => [youSaid, weDid]),
      ),
    ]),
  ];
}

const standing = ({ status, belowFloor, noDataSince, noDataReason }: GoalRow): string => {
  const floor = belowFloor.length === 0 ? '' : `, below the floor: ${belowFloor.join(', ')}`;
  const notice = noDataSince === null ? '' : `. Public notice, no data since ${noDataSince}: ${noDataReason}`;
  return `${inWords(status)}${floor}${notice}`;
};

function goalBlocks({ problems, goals, solutions, targetChanges }: PlanBookContent): readonly Block[] {
  const weaker = (weakening: boolean | null): string =>
    weakening === null ? 'Not comparable' : weakening ? 'Weaker' : 'Not weaker';
  return [
    ...(problems.length === 0 ? [] : [heading(2, 'Problems')]),
    ...table(
      'Problems and their causes',
      ['Problem', 'Service', 'Shown by', 'Causes'],
      problems.map(({ statement, service, origin, causes }) => [
        statement,
        service,
        inWords(origin),
        or(causes.join('; ')),
      ]),
    ),
    heading(2, 'Goals'),
    ...(goals.length === 0 ? [paragraph('No goal is set.')] : []),
    ...table(
      'Goals and where they stand',
      ['Goal', 'Target', 'Unit', 'Baseline', 'Actual', 'Period', 'Attained', 'Due', 'Status', 'Published result'],
      goals.map((goal) => [
        goal.headings.length === 0 ? goal.title : `${goal.title} (${goal.headings.join(' / ')})`,
        or(goal.target, 'To be determined'),
        or(goal.unit),
        or(goal.baseline),
        or(goal.actual, 'No data'),
        or(goal.period),
        or(goal.attainment),
        or(goal.dueDate, 'Not stated'),
        standing(goal),
        goal.publishedStatus === null
          ? none
          : `${inWords(goal.publishedStatus)}: ${or(goal.publishedResult, 'no result')}`,
      ]),
    ),
    ...(solutions.length === 0 ? [] : [heading(2, 'Solutions')]),
    ...table(
      'Solutions',
      ['Solution', 'State', 'Goals', 'Cost', 'Effort'],
      solutions.map(({ title, status, goals: served, cost, effort }) => [
        title,
        inWords(status),
        or(served.join(', ')),
        cost,
        effort,
      ]),
    ),
    ...(targetChanges.length === 0 ? [] : [heading(2, 'Changes of targets')]),
    ...table(
      'Changes of targets',
      ['Goal', 'Was', 'Is', 'Judged', 'Reason', 'Authority', 'Recorded'],
      targetChanges.map(({ goal, was, now, weakening, reason, authority, changedAt }) => [
        goal,
        or(was, 'To be determined'),
        or(now, 'To be determined'),
        weaker(weakening),
        reason,
        authority,
        changedAt.slice(0, 10),
      ]),
    ),
  ];
}
