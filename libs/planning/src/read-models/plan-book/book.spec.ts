import { service, type ServiceState } from '@app/directory/events';
import type { ConsultationState } from '@app/engagement/events';
import { currentRecorded, inForce } from '../../plan/plan.examples.js';
import type { PlanEvent } from '../../plan/plan.events.js';
import { plan } from '../../plan/plan.state.js';
import { recorded2018, requestsRecorded } from '../../plan/published-plan.examples.js';
import { bookOf, type BookSources } from './book-content.js';
import { bookInHtml, bookPolicy } from './book-html.js';
import { bookInMarkdown } from './book-markdown.js';
import { printed } from './book-tables.js';
import { preferred } from './books.js';
import type { ShownPlan } from './plans-at.js';

const water = [
  {
    type: 'ServiceRegistered',
    data: {
      name: 'Water supply',
      type: 'basic',
      scope: 'external',
      channels: ['telephone', 'in-person'],
      feeBearing: true,
      owner: 'p-owner',
    },
  },
  {
    type: 'ClientGroupIdentified',
    data: {
      groupId: 'informal-settlement',
      name: 'Informal settlement',
      kind: 'households',
      populationSize: 12_000,
      asOf: '2025-06-30',
      source: 'Census',
      districtIds: [],
      actualOrPotential: 'actual',
    },
  },
  {
    type: 'AccessBarrierRecorded',
    data: { groupId: 'informal-settlement', barrierId: 'b-1', barrier: 'No office within 20 km', severity: 'high' },
  },
] as const;
const registered = water.reduce<ServiceState>((state, event) => service.evolve(state, event as never), service.initial);
const sources: BookSources = {
  agencyName: 'City of Boston',
  services: new Map([['water-supply', registered]]),
  consultations: new Map(),
  measured: new Map(),
  noData: new Map(),
  validAt: { day: '2027-01-15', moment: new Date('2027-01-15T23:59:59Z') },
};
const shown = (...events: readonly PlanEvent[]): ShownPlan =>
  ({
    agency: 'boston',
    plan: 'water-2026',
    revision: '17',
    targetChanges: [],
    state: events.reduce(plan.evolve, plan.initial),
  }) as unknown as ShownPlan;

describe('the plan book', () => {
  const book = bookOf(shown(...inForce), sources);
  it('has per service its client groups with their barriers', () =>
    expect(book.services).toMatchObject([
      {
        service: 'water-supply',
        name: 'Water supply',
        channels: ['telephone', 'in-person'],
        groups: [
          {
            group: 'informal-settlement',
            population: 12_000,
            populationAsOf: '2025-06-30',
            barriers: [{ barrier: 'No office within 20 km', severity: 'high' }],
          },
        ],
      },
    ]));
  it('has per client group and dimension what is, what is wanted and what came', () =>
    expect(book.services[0]!.standards).toEqual([
      {
        part: 'standards',
        dimension: 'service-standards',
        standard: 'leak-repair',
        title: 'Days until a leak is fixed',
        group: 'informal-settlement',
        scope: { district: 'Langa' },
        unit: 'working days',
        current: '9',
        currentPeriod: '2025-Q4',
        years: [{ year: 'FY2027-28', desired: '3', actual: null }],
      },
    ]));
  it('says of a standard without figures why, and tells one in words as it is', () => {
    const current = (currentRecorded as Extract<PlanEvent, { type: 'CurrentStandardRecorded' }>).data;
    const changed = (state: object): PlanEvent =>
      ({ type: 'CurrentStandardRecorded', data: { ...current, current: state } }) as PlanEvent;
    const lineAfter = (event: PlanEvent) => bookOf(shown(...inForce, event), sources).services[0]!.standards[0]!;
    expect(lineAfter(changed({ kind: 'no-data', reason: 'The register burned.' })).current).toBe(
      'No data: The register burned.',
    );
    expect(lineAfter(changed({ kind: 'described', text: 'Within the week' })).current).toBe('Within the week');
  });
  it('names no person of the team', () => {
    expect(book.seats).toEqual([
      { seat: 'supervisor', members: 1 },
      { seat: 'team-lead', members: 1 },
      { seat: 'community', members: 1 },
    ]);
    expect(JSON.stringify(book)).not.toMatch(/p-(lead|supervisor|resident|clerk|owner)/);
  });
  it('of a published plan says who published it, and has its goals under their headings', () =>
    expect(bookOf(shown(recorded2018, requestsRecorded), sources)).toMatchObject({
      publishedBy: 'Treasury Board Secretariat',
      services: [],
      goals: [{ goal: 'dr-quant-329', headings: ['core responsibility', 'Administrative Leadership'] }],
    }));
});

describe('the consultations of a plan', () => {
  const closedOne = {
    status: 'response-published',
    title: 'How should water reach you?',
    adequate: true,
    openedAt: '2026-01-05T09:00:00Z',
    closedAt: '2026-03-21T09:00:00Z',
    coverage: [{ groupId: 'informal-settlement', reached: 7_000, population: 12_000, standing: 'covered' }],
    youSaidWeDid: [{ themeId: 'leaks', youSaid: 'Leaks run for days.', weDid: 'A second crew.' }],
  } as unknown as ConsultationState;
  const book = bookOf(shown(...inForce), { ...sources, consultations: new Map([['water', closedOne]]) });
  it('are in the book with whom they reached and what came of them', () =>
    expect(book.consultations).toEqual([
      {
        consultation: 'water',
        title: 'How should water reach you?',
        status: 'response-published',
        adequate: true,
        openedOn: '2026-01-05',
        closedOn: '2026-03-21',
        groups: [{ group: 'informal-settlement', reached: 7_000, population: 12_000, standing: 'covered' }],
        youSaidWeDid: [{ youSaid: 'Leaks run for days.', weDid: 'A second crew.' }],
      },
    ]));
  it('are printed with the names of the groups, and the services refer to them', () => {
    const markdown = bookInMarkdown(printed(book));
    expect(markdown).toContain('| Informal settlement | 7000 | 12000 | Covered |');
    expect(markdown).toContain(String.raw`| Leaks run for days\. | A second crew\. |`);
    expect(markdown).toContain('See: Consultations on this plan');
  });
});

describe('the printed plan book', () => {
  const page = printed(bookOf(shown(...inForce), sources));
  it('has the parts of regulation 38 for each service, and says where nothing is recorded', () => {
    const headings = page.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    expect(headings).toEqual([
      'Water supply',
      'Consultation arrangements',
      'Access to services',
      'Service standards',
      'Information about services',
      'Complaints and redress',
      'Problems',
      'Goals',
      'Solutions',
    ]);
    expect(
      page.blocks.filter((block) => block.kind === 'paragraph' && block.text === 'Nothing is recorded.'),
    ).toHaveLength(3);
  });
  it('is a page with one main heading, captions and headers of rows and columns, and nothing that runs', () => {
    const html = bookInHtml(page);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain(
      '<th scope="row">Days until a leak is fixed (district Langa)</th><td>Informal settlement</td>',
    );
    expect(html).toContain('<th scope="col">FY2027-28 desired</th><th scope="col">FY2027-28 actual</th>');
    expect(html.match(/<table>/g)?.length).toBe(html.match(/<caption>/g)?.length);
    expect(html).not.toMatch(/<script|<img|<link|style=|\son[a-z]+=|https?:/);
    expect(bookPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}';/);
  });
  it('says of a goal that nobody answered for since when there are no data', () => {
    const notice = { since: '2027-01-01', reason: 'There is neither a reading nor a report for 2026-Q4.' };
    const noData = new Map([['leaks-in-three-days', notice]]);
    expect(bookInHtml(printed(bookOf(shown(...inForce), { ...sources, noData })))).toContain(
      'Public notice, no data since 2027-01-01: There is neither a reading nor a report for 2026-Q4.',
    );
  });
  it('is a Markdown document with the same tables', () =>
    expect(bookInMarkdown(page)).toContain(
      String.raw`| Days until a leak is fixed \(district Langa\) | Informal settlement | Service standards | working days | 9 \(2025\-Q4\) | 3 | No data |`,
    ));

  const hostile = `<script>alert(1)</script> "x" 'y' & [a](javascript:b) | **c** \`d\` \n# e`;
  it('takes what people wrote as text, in every form', () => {
    const named = { ...page, title: hostile, facts: [[hostile, hostile]] as const };
    const everywhere = {
      ...named,
      blocks: [
        { kind: 'heading', level: 2, text: hostile },
        { kind: 'paragraph', text: hostile },
        { kind: 'table', caption: hostile, head: [hostile], rows: [[hostile, hostile]] },
      ] as const,
    };
    const html = bookInHtml(everywhere);
    expect(html).not.toContain('<script');
    expect(html.match(/<[a-z0-9]+/g)?.sort()).toEqual(
      bookInHtml({ ...everywhere, title: '' })
        .match(/<[a-z0-9]+/g)
        ?.sort(),
    );
    expect(html.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
    const markdown = bookInMarkdown(everywhere);
    expect(markdown).not.toMatch(/<|[^\\]\[a\]|\n# e|[^\\]\*\*c/);
    expect(markdown.split('\n').filter((line) => line.startsWith('| ') && line.endsWith(' |'))).toHaveLength(3);
  });
});

describe('the form of the book', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/markdown', 'markdown'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/html;q=0.5, application/json', 'json'],
    ['image/png, text/*', 'markdown'],
  ])('that %s asks for is %s', (accept, form) => expect(preferred(accept)).toBe(form));
  it('is refused where none will do', () => expect(() => preferred('image/png')).toThrow());
});
