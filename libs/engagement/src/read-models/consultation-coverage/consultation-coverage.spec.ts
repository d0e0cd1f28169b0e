import type { RecordedEvent } from '@app/kernel';
import { closedAdequate, opened, planned } from '../../consultation/consultation.examples.js';
import type { ConsultationEvent } from '../../consultation/consultation.events.js';
import { received, said } from '../../input/input.examples.js';
import type { InputEvent } from '../../input/input.events.js';
import { consultationCoverage, type CoveredConsultation } from './consultation-coverage.js';
import { rowOf } from './consultations.endpoint.js';
import { respondents, type Respondents } from './respondents.js';

type Fold<Doc> = (doc: Doc | undefined, event: RecordedEvent, id: string) => Doc | undefined;
const recorded = (event: ConsultationEvent | InputEvent, index: number, id = 'water-2026'): RecordedEvent =>
  ({
    ...event,
    revision: BigInt(index),
    stream: { category: 'consultation', tenant: 'boston', id },
    metadata: { occurredAt: '2026-01-05T09:00:00Z' },
  }) as unknown as RecordedEvent;

const folds = consultationCoverage.on as unknown as Readonly<Record<string, Fold<CoveredConsultation>>>;
const covered = (events: readonly ConsultationEvent[]): CoveredConsultation | undefined =>
  events
    .map((event, index) => recorded(event, index))
    .filter(({ type }) => type in folds)
    .reduce<CoveredConsultation | undefined>((doc, event) => folds[event.type]!(doc, event, ''), undefined);

describe('the coverage of consultations', () => {
  it('has a consultation from its plan on', () =>
    expect(covered([planned])).toMatchObject({
      _id: 'boston/water-2026',
      agency: 'boston',
      consultation: 'water-2026',
      status: 'planned',
      subject: 'plan/water-2026',
      revision: '0',
    }));
  it('lists when it is open', () =>
    expect(rowOf(covered([planned, opened])!)).toMatchObject([
      { status: 'open', openedAt: '2026-01-05T11:00:00+02:00', closesAt: '2026-02-05T17:00:00+02:00', adequate: null },
    ]));
  it('keeps what it was closed with', () => {
    const doc = covered(closedAdequate)!;
    expect(rowOf(doc)).toMatchObject([
      {
        status: 'closed',
        adequate: true,
        questions: ['What should change first?'],
        groups: [{ group: 'formal', name: 'Formal households' }, { group: 'informal' }],
        themes: [{ theme: 'standpipes', title: 'Distance to the next standpipe' }],
      },
    ]);
    expect(doc.state).toMatchObject({
      coverage: [{ groupId: 'formal' }, { groupId: 'informal' }],
      opportunities: [{}, {}],
    });
  });
  it('hears no answers, of which there may be very many', () =>
    expect(Object.keys(folds).filter((type) => /Answer/.test(type))).toEqual([]));
});

const fold = respondents.on['InputReceived'] as Fold<Respondents>;

describe('the respondents of a consultation', () => {
  const from = (person: string, groupId?: string): RecordedEvent => {
    const { groupId: _group, ...rest } = said;
    const data = { ...rest, person, ...(groupId && { groupId }) };
    return recorded({ type: 'InputReceived', data }, 0, 'water-2026.form-17');
  };
  const ids = (event: RecordedEvent): readonly string[] => respondents.documentIds(event);

  it('are counted once, however often they speak', () => {
    const [first] = ids(from('c-1', 'informal'));
    const once = fold(undefined, from('c-1', 'informal'), first!);
    expect(once).toMatchObject({ agency: 'boston', consultation: 'water-2026', group: 'informal', people: 1 });
    expect(fold(once, from('c-1', 'informal'), first!)).toBe(once);
    expect(fold(once, from('c-2', 'informal'), first!)).toMatchObject({ people: 2 });
  });
  it('are kept apart by group, and by a digit of what stands for them', () => {
    const all = Array.from({ length: 100 }, (_, index) => ids(from(`c-${index}`, 'informal'))[0]!);
    expect(new Set(all).size).toBe(16);
    expect(all.every((id) => /^boston\/water-2026\/informal\/[0-9a-f]$/.test(id))).toBe(true);
    expect(ids(from('c-1'))[0]).toMatch(/^boston\/water-2026\/\/[0-9a-f]$/);
  });
  it('are not named', () => {
    const event = recorded(received, 0);
    expect(JSON.stringify(fold(undefined, event, 'x'))).not.toContain(said.person);
  });
});
