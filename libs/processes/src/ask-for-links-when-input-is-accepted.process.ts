import { consultation, input, isAccepted, type AnswerLink } from '@app/engagement/events';
import type { RecordedEvent } from '@app/kernel';
import { defineProcess } from './engine/process-definition.js';
import { openActions } from './process/process.state.js';

interface Answered {
  readonly inputId?: string;
  readonly themeId?: string;
}

/** The answer to one input, or to every input of a theme, as it stands. */
export interface StandingAnswer {
  /** And the input was not withdrawn. */
  readonly accepted: boolean;
  readonly linkedTo: readonly AnswerLink[];
}

export interface AnswerFacts {
  /** undefined: it was not answered. */
  readonly answer: StandingAnswer | undefined;
  /** Digest of the person who runs the consultation. */
  readonly owner: string | undefined;
}

/** `<consultation>.input.<input>` or `<consultation>.theme.<theme>`: one instance for each answer. */
const keyOf = ({ stream, data }: RecordedEvent): readonly string[] => {
  const { inputId, themeId } = data as Answered;
  return [`${stream.id}.${themeId === undefined ? `input.${inputId}` : `theme.${themeId}`}`];
};

/** Its stream is `<consultation>.<input>`, and neither name has a full stop in it. */
const keyOfInput = ({ stream }: RecordedEvent): readonly string[] => [stream.id.replace('.', '.input.')];

const partsOf = (
  key: string,
): { readonly consultation: string; readonly kind: 'input' | 'theme'; readonly id: string } => {
  const [, of = '', kind = 'input', id = ''] = /^(.*?)\.(input|theme)\.(.*)$/s.exec(key) ?? [];
  return { consultation: of, kind: kind === 'theme' ? 'theme' : 'input', id };
};

/**
 * What was accepted has to lead to a problem, a goal or a clause before the plan is published: until it does, this asks
 * whoever runs the consultation. The plan itself refuses to be published; nothing is refused here.
 */
export const askForLinksWhenInputIsAccepted = defineProcess<
  AnswerFacts & { readonly key: string; readonly tenant: string }
>({
  name: 'ask-for-links-when-input-is-accepted',
  hears: { InputAnswered: keyOf, AnswerLinked: keyOf, InputWithdrawn: keyOfInput },
  facts: async (reader, { tenant, key }) => {
    const { consultation: of, kind, id } = partsOf(key);
    const { state } = await reader.load(consultation, tenant, of);
    if (state.status === 'unplanned') return { key, tenant, answer: undefined, owner: undefined };
    const withdrawn =
      kind === 'input' && (await reader.load(input, tenant, `${of}.${id}`)).state.status === 'withdrawn';
    const found = state.answers.to(kind === 'theme' ? { themeId: id } : { inputId: id });
    return {
      key,
      tenant,
      answer: found && { accepted: isAccepted(found) && !withdrawn, linkedTo: found.linkedTo },
      owner: state.planner,
    };
  },
  react: (_trigger, state, { key, tenant, answer, owner }) => {
    const [open] = openActions(state);
    const isUnlinked = answer !== undefined && answer.accepted && answer.linkedTo.length === 0;
    if (isUnlinked === (open !== undefined)) return [];
    if (open !== undefined) {
      const outcome = answer?.accepted === true ? 'done' : 'withdrawn';
      return [{ type: 'ActionSettled', data: { action: open.action, outcome } }];
    }
    const { consultation: of, kind, id } = partsOf(key);
    return [
      {
        type: 'ActionRequested',
        data: {
          action: `link-${Object.keys(state.actions).length + 1}`,
          kind: 'link-accepted-input',
          role: 'service-owner',
          ...(owner === undefined ? {} : { person: owner }),
          subject: { kind, stream: `consultation-${tenant}/${of}`, id },
          reason: 'What was accepted leads to a problem, a goal or a clause before the plan is published.',
        },
      },
    ];
  },
  orders: {},
});
