import type { AggregateReader } from '@app/event-store';
import type { AnswerLink, Disposition } from './consultation.events.js';
import { Answers, type ConsultationState, type Theme, type YouSaidWeDid } from './consultation.state.js';
import { outcomesOf, type Outcome } from './outcomes.js';

/** What a consultation has said to its inputs. */
export interface Replies {
  readonly themes: readonly Theme[];
  readonly answers: Answers;
  readonly youSaidWeDid: readonly YouSaidWeDid[];
}

export const repliesOf = (state: ConsultationState): Replies =>
  state.status === 'unplanned'
    ? { themes: [], answers: Answers.none, youSaidWeDid: [] }
    : {
        themes: state.themes,
        answers: state.answers,
        youSaidWeDid: state.status === 'response-published' ? state.youSaidWeDid : [],
      };

export interface TracedAnswer {
  /** Whether the very input was answered, or its theme. */
  readonly to: 'input' | 'theme';
  readonly theme?: string;
  readonly disposition: Disposition;
  readonly rationale: string;
  readonly linkedTo: readonly AnswerLink[];
}

/** From an input to what was done with it. */
export interface Trace {
  readonly themes: readonly Theme[];
  readonly answers: readonly TracedAnswer[];
  /** Of its themes; empty until the response is published. */
  readonly youSaidWeDid: readonly YouSaidWeDid[];
}

export function traceOf(
  of: { readonly inputId: string; readonly themeIds: readonly string[] },
  replies: Replies,
): Trace {
  const isOwn = (theme: string): boolean => of.themeIds.includes(theme);
  const toInput = replies.answers.to({ inputId: of.inputId });
  return {
    themes: replies.themes.filter(({ themeId }) => isOwn(themeId)),
    answers: [
      ...of.themeIds.flatMap((theme): TracedAnswer[] => {
        const answer = replies.answers.to({ themeId: theme });
        return answer === undefined ? [] : [{ to: 'theme', theme, ...saidIn(answer) }];
      }),
      ...(toInput === undefined ? [] : [{ to: 'input' as const, ...saidIn(toInput) }]),
    ],
    youSaidWeDid: replies.youSaidWeDid.filter(({ themeId }) => isOwn(themeId)),
  };
}

/** Without what it is an answer to. */
export const saidIn = ({ disposition, rationale, linkedTo }: Omit<TracedAnswer, 'to'>) => ({
  disposition,
  rationale,
  linkedTo,
});

export type FollowedAnswer = TracedAnswer & { readonly outcomes: readonly Outcome[] };

/** With what came of it: down to the measured result of a goal. */
export const followed = (
  reader: AggregateReader,
  tenant: string,
  answers: readonly TracedAnswer[],
): Promise<readonly FollowedAnswer[]> =>
  Promise.all(
    answers.map(async (answer) => ({ ...answer, outcomes: await outcomesOf(reader, tenant, answer.linkedTo) })),
  );
