import type { RecordedEvent } from '@app/kernel';
import type { ConsultationEvent } from '../../consultation/consultation.events.js';
import { goalLink } from '../../consultation/consultation.examples.js';
import { moderated, received, said, themed, withdrawn } from '../../input/input.examples.js';
import type { InputEvent } from '../../input/input.events.js';
import { inputTraceability, type TracedInput } from './input-traceability.js';
import { tracedText } from './traced-text.js';

type Fold = (doc: TracedInput | undefined, event: RecordedEvent, id: string) => TracedInput | undefined;
const folds = inputTraceability.on as unknown as Readonly<Record<string, Fold>>;
const id = 'boston/water-2026.form-17';

const recorded = (event: InputEvent | ConsultationEvent): RecordedEvent => {
  const isInput = event.type in { InputReceived: 1, InputModerated: 1, InputThemed: 1, InputWithdrawn: 1 };
  const stream = isInput
    ? { category: 'input', tenant: 'boston', id: 'water-2026.form-17' }
    : { category: 'consultation', tenant: 'boston', id: 'water-2026' };
  return {
    ...event,
    stream,
    revision: 3n,
    metadata: { occurredAt: '2026-01-05T09:00:00Z' },
  } as unknown as RecordedEvent;
};
const traced = (...events: readonly (InputEvent | ConsultationEvent)[]): TracedInput | undefined =>
  events.map(recorded).reduce<TracedInput | undefined>((doc, event) => folds[event.type]!(doc, event, id), undefined);

const answered: ConsultationEvent = {
  type: 'InputAnswered',
  data: { inputId: 'form-17', disposition: 'accepted', rationale: 'So it is', linkedTo: [] },
};
const linked: ConsultationEvent = { type: 'AnswerLinked', data: { inputId: 'form-17', linkedTo: [goalLink] } };

describe('the traceability of inputs', () => {
  it('begins with what was received, sealed', () =>
    expect(traced(received)).toMatchObject({
      _id: id,
      input: 'form-17',
      status: 'received',
      moderation: 'awaited',
      group: 'informal',
      themes: ['standpipes'],
      text: said.text,
      revision: '3',
    }));
  it('follows moderation and themes', () =>
    expect(traced(received, moderated, themed)).toMatchObject({
      moderation: 'withheld',
      themes: ['leaks', 'standpipes'],
    }));
  it('loses what was withdrawn, and keeps the rest', () => {
    const doc = traced(received, withdrawn)!;
    expect(doc).toMatchObject({ status: 'withdrawn', group: 'informal' });
    expect(doc).not.toHaveProperty('text');
  });
  it('has the answer to the very input, and what it led to', () =>
    expect(traced(received, answered, linked)!.answer).toEqual({
      disposition: 'accepted',
      rationale: 'So it is',
      linkedTo: [goalLink],
    }));
  it('finds the input in the stream of its consultation, and none in an answer to a theme', () => {
    expect(inputTraceability.documentIds(recorded(answered))).toEqual([id]);
    expect(inputTraceability.documentIds(recorded(received))).toEqual([id]);
    const toTheme = { ...answered, data: { ...answered.data, inputId: undefined, themeId: 'leaks' } };
    expect(inputTraceability.documentIds(recorded(toTheme as ConsultationEvent))).toEqual([]);
  });
  it('knows nothing of an input that it has not heard of', () => {
    expect(traced(answered, linked, moderated)).toBeUndefined();
    expect(traced(themed, withdrawn)).toBeUndefined();
  });
});

describe('what came of an answer, in one cell', () => {
  const problem = { kind: 'problem' as const, plan: 'water', id: 'far', status: 'published' };
  const goal = { goal: 'near', title: 'Near' };

  it('is the name alone while there is no more', () => expect(tracedText(problem)).toBe('problem water/far'));
  it('is every goal with its last result', () =>
    expect(
      tracedText({
        ...problem,
        goals: [
          goal,
          { ...goal, result: { period: '2026-Q2', value: '41.5' } },
          { ...goal, result: { period: '2026-Q2', text: 'done' } },
          { ...goal, result: { period: '2026-Q2', noData: 'no survey' } },
        ],
      }),
    ).toBe(
      'problem water/far: near not measured yet, near 41.5 (2026-Q2), near done (2026-Q2), near no data, no survey (2026-Q2)',
    ));
});
