import { Decimal, RuleViolation, type Command, type Decide } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import { ActivateAgreement, activateAgreement } from './activate-agreement/activate-agreement.js';
import { AddObjective, addObjective } from './add-objective/add-objective.js';
import { AddParty, addParty } from './add-party/add-party.js';
import { consumer, draft, onTime, onTimeCard, points, provider, review } from './agreement.examples.js';
import type { AgreementEvent } from './agreement.events.js';
import { agreement, type AgreementState } from './agreement.state.js';
import { ChangeObjective, changeObjective } from './change-objective/change-objective.js';
import { contentHash } from './content-hash.js';
import { DefineConsequence, defineConsequence } from './define-consequence/define-consequence.js';
import { DraftAgreement, draftAgreement } from './draft-agreement/draft-agreement.js';
import { RemoveObjective, removeObjective } from './remove-objective/remove-objective.js';
import { SetReviewSchedule, setReviewSchedule } from './set-review-schedule/set-review-schedule.js';
import { bandOf, ensureBandsCoverEveryMiss } from './severity-bands.js';
import { SignAgreement, signAgreement } from './sign-agreement/sign-agreement.js';
import { SubmitForSignature, submitForSignature } from './submit-for-signature/submit-for-signature.js';

type Send = (state: AgreementState, person: string) => readonly AgreementEvent[];
type Made<C> = new (tenant: string, id: string, data: never, metadata: typeof exampleMetadata) => C;

const sends =
  <C extends Command, Facts>(
    command: Made<C>,
    decide: Decide<C, AgreementState, AgreementEvent, Facts>,
    data: C['data'] | ((state: AgreementState) => C['data']),
    facts?: Facts,
  ): Send =>
  (state, person) => {
    const content = typeof data === 'function' ? data(state) : data;
    const metadata = { ...exampleMetadata, actor: { ...exampleMetadata.actor, person } };
    return decide(new command('boston', 'boston', content as never, metadata), state, facts as Facts);
  };

const hashOf = (state: AgreementState): string => ('contentHash' in state ? state.contentHash : '0'.repeat(64));
const steps: readonly Send[] = [
  sends(DraftAgreement, draftAgreement, draft, { unknownServices: [] }),
  sends(AddParty, addParty, provider),
  sends(AddParty, addParty, consumer),
  sends(AddParty, addParty, { ...consumer, partyId: 'council', role: 'auditor', representatives: ['p-council'] }),
  sends(AddObjective, addObjective, onTime, onTimeCard),
  sends(ChangeObjective, changeObjective, { ...onTime, title: 'Closed on time' }, onTimeCard),
  sends(ChangeObjective, changeObjective, onTime, onTimeCard),
  sends(RemoveObjective, removeObjective, { objectiveId: 'on-time' }),
  sends(DefineConsequence, defineConsequence, points),
  sends(SetReviewSchedule, setReviewSchedule, review),
  sends(SubmitForSignature, submitForSignature, {}),
  ...['public-works', 'residents', 'council'].map((partyId) =>
    sends(SignAgreement, signAgreement, (state) => ({ partyId, contentHash: hashOf(state) })),
  ),
  sends(ActivateAgreement, activateAgreement, { effectiveFrom: '2011-07-01' }),
];
const people = ['p-clerk', 'p-head', 'p-resident', 'p-council'];

describe('an agreement, whatever is sent to it', () => {
  it('comes into force only when every party has signed the hash of its very terms, one person for one party', () => {
    let reached = 0;
    // Edits void signatures: without more signing than editing hardly any run would come to an end.
    const anyStep = fc.oneof(
      { weight: 1, arbitrary: fc.nat(steps.length - 1) },
      { weight: 6, arbitrary: fc.integer({ min: steps.length - 5, max: steps.length - 1 }) },
    );
    const anyCommand = fc.tuple(anyStep, fc.constantFrom(...people));
    const opening = fc.constantFrom<readonly number[]>([], [0, 1, 2, 4, 8, 9, 10]);
    fc.assert(
      fc.property(opening, fc.array(anyCommand, { minLength: 10, maxLength: 60 }), (first, commands) => {
        let state: AgreementState = agreement.initial;
        for (const [step, person] of [...first.map((step) => [step, 'p-clerk'] as const), ...commands])
          try {
            state = steps[step]!(state, person).reduce(agreement.evolve, state);
          } catch (error) {
            if (!(error instanceof RuleViolation)) throw error;
          }
        if (state.status !== 'active') return;
        reached += 1;
        const { terms, signatures } = state;
        expect(state.contentHash).toBe(contentHash('boston', 'boston', state.version, terms));
        expect(signatures.map(({ partyId }) => partyId).sort()).toEqual(terms.parties.map((one) => one.partyId).sort());
        expect(new Set(signatures.map(({ signatory }) => signatory)).size).toBe(signatures.length);
        const provides = signatures.find(({ partyId }) => partyId === 'public-works');
        expect(provides?.signatory).not.toBe(terms.author);
      }),
      { numRuns: 500 },
    );
    expect(reached).toBeGreaterThan(20);
  });
});

describe('severity bands that are accepted', () => {
  const edges = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 3 });
  const asText = (hundredths: number): string => new Decimal(hundredths).dividedBy(100).toString();
  it('give exactly one band to every value that misses the target, and none to one that reaches it', () =>
    fc.assert(
      fc.property(edges, fc.integer({ min: -500, max: 10_500 }), (given, hundredths) => {
        const sorted = given.sort((left, right) => right - left).map(asText);
        const severities = ['Minor', 'Serious', 'Severe'] as const;
        const bands = sorted.map((to, index) => {
          const from = sorted[index + 1];
          return { severity: severities[index]!, to, ...(from === undefined ? {} : { from }) };
        });
        ensureBandsCoverEveryMiss(bands, 'at-least', sorted[0]!, '');
        const value = new Decimal(asText(hundredths));
        const hit = bands.filter((band) => bandOf([band], value) !== undefined);
        expect(hit).toHaveLength(value.lessThan(sorted[0]!) ? 1 : 0);
      }),
    ));
});
