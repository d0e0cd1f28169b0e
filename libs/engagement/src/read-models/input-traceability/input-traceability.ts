import type { RecordedEvent } from '@app/kernel';
import type { Sealed } from '@app/personal-data/events';
import { defineProjection } from '@app/projections';
import type { AnswerLink, ConsultationEvent, Disposition } from '../../consultation/consultation.events.js';
import type { Identification, InputEvent, Moderation, Stance } from '../../input/input.events.js';
import { inputStreamId } from '../../input/input.state.js';

/** One input and what was answered to it alone. What it says is sealed here too. */
export interface TracedInput {
  /** `boston/water-2026.form-17`. */
  readonly _id: string;
  readonly agency: string;
  readonly consultation: string;
  readonly input: string;
  readonly person: string;
  readonly identification: Identification;
  readonly status: 'received' | 'withdrawn';
  readonly moderation: Moderation | 'awaited';
  readonly receivedAt: string;
  readonly channel: string;
  readonly group: string | null;
  readonly district: string | null;
  readonly themes: readonly string[];
  readonly stance: Stance | null;
  /** Absent once it is withdrawn. */
  readonly text?: Sealed;
  readonly answer?: {
    readonly disposition: Disposition;
    readonly rationale: string;
    readonly linkedTo: readonly AnswerLink[];
  };
  /** Of the stream of the input; an answer does not change it. */
  readonly revision: string;
  readonly updatedAt: string;
}

type Heard = InputEvent | Extract<ConsultationEvent, { type: 'InputAnswered' | 'AnswerLinked' }>;

/** An answer to a theme is about many inputs: it is joined when somebody asks. */
function documentId({ stream: { tenant, category, id }, data }: RecordedEvent<Heard>): string | undefined {
  if (category === 'input') return `${tenant}/${id}`;
  const { inputId } = data as { readonly inputId?: string };
  return inputId === undefined ? undefined : `${tenant}/${inputStreamId(id, inputId)}`;
}

const lastOf = ({ revision, metadata }: Pick<RecordedEvent, 'revision' | 'metadata'>) => ({
  revision: revision.toString(),
  updatedAt: metadata.occurredAt,
});

const of = { agency: 1, consultation: 1 } as const;

export const inputTraceability = defineProjection<TracedInput, Heard>({
  name: 'input-traceability',
  version: 1,
  indexes: [
    { key: { ...of, _id: 1 } },
    { key: { ...of, group: 1, _id: 1 } },
    { key: { ...of, themes: 1, _id: 1 } },
    { key: { ...of, moderation: 1, _id: 1 } },
  ],
  documentId,
  on: {
    InputReceived: (_doc, { stream: { tenant: agency }, data, revision, metadata }, _id) => ({
      _id,
      agency,
      consultation: data.consultationId,
      input: data.inputId,
      person: data.person,
      identification: data.identification,
      status: 'received',
      moderation: 'awaited',
      receivedAt: data.receivedAt,
      channel: data.channel,
      group: data.groupId ?? null,
      district: data.districtId ?? null,
      themes: data.themeIds,
      stance: data.stance ?? null,
      text: data.text,
      revision: revision.toString(),
      updatedAt: metadata.occurredAt,
    }),
    InputModerated: (doc, { data, ...event }) => doc && { ...doc, moderation: data.moderation, ...lastOf(event) },
    InputThemed: (doc, { data, ...event }) => doc && { ...doc, themes: data.themeIds, ...lastOf(event) },
    InputWithdrawn: (doc, event) => {
      if (doc === undefined) return undefined;
      const { text: _withdrawn, ...rest } = doc;
      return { ...rest, status: 'withdrawn', ...lastOf(event) };
    },
    InputAnswered: (doc, { data: { disposition, rationale, linkedTo }, metadata }) =>
      doc && { ...doc, answer: { disposition, rationale, linkedTo }, updatedAt: metadata.occurredAt },
    AnswerLinked: (doc, { data, metadata }) =>
      doc?.answer && {
        ...doc,
        answer: { ...doc.answer, linkedTo: [...doc.answer.linkedTo, ...data.linkedTo] },
        updatedAt: metadata.occurredAt,
      },
  },
});
