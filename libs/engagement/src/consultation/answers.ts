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
type Part = ReadonlyMap<string, Given>;

const parts = 128;

/**
 * Immutable, and a change copies one part of 128: ten thousand inputs may be answered one by one. In JSON it is the list of the
 * answers, the one that was given last at the end.
 */
export class Answers implements Iterable<Answer> {
  static readonly none = new Answers(
    Array.from({ length: parts }, () => new Map()),
    0,
  );

  private constructor(
    private readonly kept: readonly Part[],
    private readonly next: number,
  ) {}

  static of(answers: readonly Answer[]): Answers {
    return answers.reduce((all, answer) => all.with(answer), Answers.none);
  }

  to(of: Answered): Answer | undefined {
    return this.given(idOf(of))?.answer;
  }

  /** With this answer as the newest one, in place of what was answered to the same before. */
  with(answer: Answer): Answers {
    return this.put({ at: this.next, answer });
  }

  /** With links added to an answer, where there is one. */
  linked(of: Answered, linkedTo: readonly AnswerLink[]): Answers {
    const given = this.given(idOf(of));
    if (given === undefined) return this;
    const { at, answer } = given;
    return this.put({ at, answer: { ...answer, linkedTo: [...answer.linkedTo, ...linkedTo] } });
  }

  *[Symbol.iterator](): Iterator<Answer> {
    yield* this.toJSON();
  }

  toJSON(): readonly Answer[] {
    return this.kept
      .flatMap((part) => [...part.values()])
      .sort((one, other) => one.at - other.at)
      .map(({ answer }) => answer);
  }

  private given(id: string): Given | undefined {
    return this.kept[partOf(id)]!.get(id);
  }

  private put(given: Given): Answers {
    const id = idOf(given.answer);
    const changed = new Map(this.kept[partOf(id)]).set(id, given);
    return new Answers(this.kept.with(partOf(id), changed), Math.max(this.next, given.at + 1));
  }
}

/** An input and a theme may have the same name. */
const idOf = ({ inputId, themeId }: Answered): string =>
  themeId === undefined ? `input ${inputId}` : `theme ${themeId}`;

function partOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) | 0;
  return (hash >>> 0) % parts;
}

/** Ids of inputs and themes that were accepted, in part or whole, and lead to nothing yet. */
export const unlinkedAccepted = (answers: Answers): readonly string[] =>
  answers
    .toJSON()
    .filter((answer) => isAccepted(answer) && answer.linkedTo.length === 0)
    .map(({ inputId, themeId }) => inputId ?? themeId!);
