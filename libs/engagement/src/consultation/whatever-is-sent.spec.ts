import { Decimal, RuleViolation, type Command, type Decide } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import { AnswerInput, answerInput } from './answer-input/answer-input.js';
import { CloseConsultation, closeConsultation } from './close-consultation/close-consultation.js';
import {
  answer,
  council,
  formal,
  hall,
  informal,
  materialsHash,
  plan,
  planner,
  standpipes,
  timeZone,
  told,
  unreachable,
} from './consultation.examples.js';
import { consultationChannels, type ConsultationEvent } from './consultation.events.js';
import { consultation, type ConsultationState, type Opportunity } from './consultation.state.js';
import { coverageOf, shareOf } from './coverage.js';
import {
  DeclareGroupUnreachable,
  declareGroupUnreachable,
} from './declare-group-unreachable/declare-group-unreachable.js';
import { ExtendConsultation, extendConsultation } from './extend-consultation/extend-consultation.js';
import { GrantCoverageWaiver, grantCoverageWaiver } from './grant-coverage-waiver/grant-coverage-waiver.js';
import { NameTheme, nameTheme } from './name-theme/name-theme.js';
import { OpenConsultation, openConsultation } from './open-consultation/open-consultation.js';
import { PlanConsultation, planConsultation } from './plan-consultation/plan-consultation.js';
import { ProvideOpportunity, provideOpportunity } from './provide-opportunity/provide-opportunity.js';
import { PublishResponse, publishResponse } from './publish-response/publish-response.js';

const hour = 3_600_000;
const beginning = Date.parse('2026-01-05T09:00:00Z');
const text = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** A consultation with two groups that asks for one day, as it is lived through. */
class Lived {
  state: ConsultationState = consultation.initial;
  now = beginning;
  readonly verdicts: boolean[] = [];
  readonly groups = [
    { ...formal, population: 100, threshold: '0.5' },
    { ...informal, population: 7, threshold: '0.3' },
  ];

  plan(): void {
    const requiredGroups = this.groups.map(({ serviceId: _own, ...group }) => group);
    const data = { ...plan, minOpenDays: 1, requiredGroups };
    this.send(PlanConsultation, planConsultation, data, { subject: 'undecided', identified: [] });
  }

  open(hours: number): void {
    const data = { materialsHash, closesAt: this.in(hours) };
    this.send(OpenConsultation, openConsultation, data, { timeZone, subject: 'undecided' });
  }

  in(hours: number): string {
    return text(this.now + hours * hour);
  }

  send<C extends Command, Facts>(
    command: new (tenant: string, id: string, data: never, metadata: typeof exampleMetadata) => C,
    decide: Decide<C, ConsultationState, ConsultationEvent, Facts>,
    data: C['data'],
    facts: Facts,
    { person = planner, role = 'service-owner' }: { readonly person?: string; readonly role?: string } = {},
  ): void {
    const actor = { ...exampleMetadata.actor, person, role };
    const metadata = { ...exampleMetadata, actor, occurredAt: text(this.now) };
    const { state } = this;
    try {
      const events = decide(new command('boston', 'water', data as never, metadata), state, facts);
      this.state = events.reduce(consultation.evolve, state);
      // Whatever it was: again it changes nothing.
      expect(decide(new command('boston', 'water', data as never, metadata), this.state, facts)).toEqual([]);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      expect(this.state).toBe(state);
    }
  }
}

/** Written anew from the words of the rule, hour by hour, without sorting or merging. */
function isSettled(state: ConsultationState, groupId: string, until: number): boolean {
  if (state.status !== 'open') return false;
  const group = state.requiredGroups.find((one) => one.groupId === groupId)!;
  if (state.waivers.some((waiver) => waiver.groupId === groupId)) return true;
  const own = state.opportunities.filter((one) => one.groupId === groupId);
  const reached = own.reduce((sum, one) => sum + one.reached, 0);
  if (new Decimal(Math.min(reached, group.population)).dividedBy(group.population).lessThan(group.threshold))
    return false;
  return consultationChannels.some((channel) => {
    let hours = 0;
    for (let at = beginning; at < until; at += hour) {
      const within = (from: string, to: string): boolean => Date.parse(from) <= at && at < Date.parse(to);
      const isOpen = state.openings.some(({ from, to = state.closesAt }) => within(from, to));
      const isThere = own.some(
        (one) => one.channel === channel && one.accessibleFormats.length > 0 && within(one.from, one.to),
      );
      if (isOpen && isThere) hours += 1;
    }
    return hours >= state.minOpenDays * 24;
  });
}

type Step = fc.Command<object, Lived>;
const step = (name: string, run: (lived: Lived) => void): Step => ({
  check: () => true,
  run: (_model, lived) => run(lived),
  toString: () => name,
});
const facts = { timeZone };
const anyGroup = fc.constantFrom('formal', 'informal', 'businesses');

const anyOpportunity = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  groupId: anyGroup,
  channel: fc.constantFrom('online' as const, 'in-person' as const),
  accessible: fc.boolean(),
  reached: fc.nat(150),
  fromHour: fc.integer({ min: -72, max: 4 }),
  hours: fc.integer({ min: 12, max: 144 }),
});

const provide = anyOpportunity.map(({ id, groupId, channel, accessible, reached, fromHour, hours }) =>
  step(`opportunity ${id} for ${reached} of ${groupId}`, (lived) => {
    const from = lived.now + fromHour * hour;
    const given: Opportunity = {
      ...hall,
      opportunityId: id,
      groupId,
      channel,
      reached,
      accessibleFormats: accessible ? ['audio'] : [],
      from: text(from),
      to: text(from + hours * hour),
    };
    lived.send(ProvideOpportunity, provideOpportunity, given, facts);
  }),
);

const close = fc.boolean().map((adequate) =>
  step(`close as ${adequate ? 'adequate' : 'inadequate'}`, (lived) => {
    const before = lived.state;
    const settled = ['formal', 'informal'].every((groupId) => isSettled(before, groupId, lived.now));
    lived.send(CloseConsultation, closeConsultation, { adequate }, facts);
    if (before.status !== 'open') return;
    const mayClose = lived.now >= Date.parse(before.closesAt);
    expect(lived.state.status).toBe(mayClose && adequate === settled ? 'closed' : 'open');
    if (lived.state.status !== 'closed') return;
    lived.verdicts.push(settled);
    expect(lived.state.adequate).toBe(settled);
    for (const { coverage } of lived.state.coverage) expect(new Decimal(coverage).lessThanOrEqualTo(1)).toBe(true);
  }),
);

const publish = fc.constantFrom([], [told]).map((youSaidWeDid) =>
  step(`publish ${youSaidWeDid.length} replies`, (lived) => {
    lived.send(PublishResponse, publishResponse, { youSaidWeDid }, undefined);
    if (lived.state.status !== 'response-published') return;
    const { themes, answers } = lived.state;
    expect(themes.every(({ themeId }) => answers.to({ themeId }) !== undefined)).toBe(true);
  }),
);

const waive = fc
  .record({
    groupId: anyGroup,
    role: fc.constantFrom('oversight', 'service-owner'),
    person: fc.constantFrom(council, planner),
  })
  .map(({ groupId, role, person }) =>
    step(`${person} waives ${groupId} as ${role}`, (lived) =>
      lived.send(GrantCoverageWaiver, grantCoverageWaiver, { groupId, reason: 'x' }, undefined, { person, role }),
    ),
  );

const later = fc.integer({ min: 1, max: 72 }).map((hours) =>
  step(`${hours} hours later`, (lived) => {
    lived.now += hours * hour;
  }),
);

const others = [
  fc.constant(step('plan', (lived) => lived.plan())),
  fc.integer({ min: 24, max: 120 }).map((hours) => step(`open for ${hours} hours`, (lived) => lived.open(hours))),
  fc
    .integer({ min: 1, max: 48 })
    .map((hours) =>
      step(`extend by ${hours} hours`, (lived) =>
        lived.send(ExtendConsultation, extendConsultation, { closesAt: lived.in(hours), reason: 'x' }, facts),
      ),
    ),
  anyGroup.map((groupId) =>
    step(`declare ${groupId} unreachable`, (lived) =>
      lived.send(DeclareGroupUnreachable, declareGroupUnreachable, { ...unreachable, groupId }, undefined),
    ),
  ),
  fc.constant(step('name a theme', (lived) => lived.send(NameTheme, nameTheme, standpipes, undefined))),
  fc.constant(
    step('answer the theme', (lived) =>
      lived.send(AnswerInput, answerInput, { ...answer, linkedTo: [] }, { input: 'none', deadLinks: [] }),
    ),
  ),
];

/** What brings a consultation to its end comes more often, so that most of them get there. */
const steps = [...others, provide, provide, provide, provide, later, later, close, close, waive, publish];

describe('a consultation, whatever is sent to it', () => {
  it('closes as adequate if and only if every required group is covered or waived', () => {
    const verdicts: boolean[] = [];
    fc.assert(
      fc.property(fc.commands(steps, { maxCommands: 60, size: 'max' }), (commands) => {
        const real = new Lived();
        real.plan();
        real.open(48);
        fc.modelRun(() => ({ model: {}, real }), commands);
        verdicts.push(...real.verdicts);
      }),
      { numRuns: 200 },
    );
    // Not vacuous: both came about, however rarely.
    expect(new Set(verdicts)).toEqual(new Set([true, false]));
  });
});

describe('coverage', () => {
  const anyCount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  it('never exceeds 1, and is 1 only when everybody was reached', () =>
    fc.assert(
      fc.property(anyCount, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (reached, population) => {
        const share = new Decimal(shareOf(reached, population));
        expect(share.greaterThanOrEqualTo(0) && share.lessThanOrEqualTo(1)).toBe(true);
        expect(share.equals(1)).toBe(reached >= population);
      }),
    ));
  it('is compared as it is, not as it is published', () => {
    const third = { ...informal, population: 3, threshold: `0.${'3'.repeat(30)}` };
    const more = { ...third, threshold: `0.${'3'.repeat(29)}4` };
    const standing = (group: typeof third): string | undefined =>
      coverageOf(
        {
          requiredGroups: [group],
          minOpenDays: 30,
          waivers: [],
          opportunities: [{ ...hall, reached: 1 }],
          openings: [{ from: hall.from }],
          closesAt: hall.to,
        },
        hall.to,
      )[0]?.standing;
    expect([standing(third), standing(more)]).toEqual(['covered', 'uncovered']);
  });
});
