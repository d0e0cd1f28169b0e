import { PersistentMap } from '@app/kernel';
import type { AnswerLink, Disposition } from './consultation.events.js';

/** To one input, or to every input of a theme. The last one stands. */
export interface Answer {
  readonly inputId?: string;
  readonly themeId?: string;
  readonly disposition: Disposition;
  readonly rationale: string;
  readonly linkedTo: readonly AnswerLink[];
}

export interface Answered {
  readonly inputId?: string | undefined;
  readonly themeId?: string | undefined;
}

/** Accepted, in part or whole, so that something has to come of it. */
export const isAccepted = ({ disposition }: Pick<Answer, 'disposition'>): boolean =>
  disposition === 'accepted' || disposition === 'partly-accepted';

interface Given {
  /** Place in the order of answers. */
  readonly at: number;
  readonly answer: Answer;
}

/** Immutable: ten thousand inputs may be answered one by one. In JSON it is the list of the answers, the last one at the end. */
export class Answers implements Iterable<Answer> {
  static readonly none = new Answers(PersistentMap.empty(), 0);

  private constructor(
    private readonly kept: PersistentMap<Given>,
    private readonly next: number,
  ) {}

  static of(answers: readonly Answer[]): Answers {
    return answers.reduce((all, answer) => all.with(answer), Answers.none);
  }

  to(of: Answered): Answer | undefined {
    return this.kept.get(idOf(of))?.answer;
  }

  /** With this answer as the newest one, in place of what was answered to the same before. */
  with(answer: Answer): Answers {
    return this.put({ at: this.next, answer });
  }

  /** With links added to an answer, where there is one. */
  linked(of: Answered, linkedTo: readonly AnswerLink[]): Answers {
    const given = this.kept.get(idOf(of));
    if (given === undefined) return this;
    const { at, answer } = given;
    return this.put({ at, answer: { ...answer, linkedTo: [...answer.linkedTo, ...linkedTo] } });
  }

  *[Symbol.iterator](): Iterator<Answer> {
    yield* this.toJSON();
  }

  toJSON(): readonly Answer[] {
    return [...this.kept].sort(([, one], [, other]) => one.at - other.at).map(([, { answer }]) => answer);
  }

  private put(given: Given): Answers {
    return new Answers(this.kept.with(idOf(given.answer), given), Math.max(this.next, given.at + 1));
  }
}

/** An input and a theme may have the same name. */
const idOf = ({ inputId, themeId }: Answered): string =>
  themeId === undefined ? `input ${inputId}` : `theme ${themeId}`;

/** Ids of inputs and themes that were accepted, in part or whole, and lead to nothing yet. */
export const unlinkedAccepted = (answers: Answers): readonly string[] =>
  answers
    .toJSON()
    .filter((answer) => isAccepted(answer) && answer.linkedTo.length === 0)
    .map(({ inputId, themeId }) => inputId ?? themeId!);
