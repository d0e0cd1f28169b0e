import { createHash } from 'node:crypto';
import { defineProjection } from '@app/projections';
import type { InputEvent } from '../../input/input.events.js';

/** Some of the people of one group who sent an input: all of them would be one very large document. */
export interface Respondents {
  /** `boston/water-2026/informal/7`: the last part is the first digit of what stands for a person. */
  readonly _id: string;
  readonly agency: string;
  readonly consultation: string;
  /** Empty for those who name none. */
  readonly group: string;
  readonly people: number;
  /**
   * 64 bits of a digest each, enough to know somebody again and nobody else, with spaces between them: one text is
   * read in less time than a list.
   */
  readonly known: string;
}

const standIn = (person: string): string => createHash('sha256').update(person).digest('hex').slice(0, 16);

/** Who withdraws an input has spoken all the same. */
export const respondents = defineProjection<Respondents, InputEvent>({
  name: 'consultation-respondents',
  version: 1,
  indexes: [{ key: { agency: 1, consultation: 1, _id: 1 } }],
  documentId: ({ stream: { tenant }, type, data }) => {
    if (type !== 'InputReceived') return undefined;
    const { consultationId, groupId = '', person } = data as Extract<InputEvent, { type: 'InputReceived' }>['data'];
    return `${tenant}/${consultationId}/${groupId}/${standIn(person)[0]}`;
  },
  on: {
    InputReceived: (
      doc,
      { stream: { tenant: agency }, data: { consultationId, groupId: group = '', person } },
      _id,
    ) => {
      const one = standIn(person);
      if (doc === undefined) return { _id, agency, consultation: consultationId, group, people: 1, known: one };
      if (doc.known.includes(one)) return doc;
      return { ...doc, people: doc.people + 1, known: `${doc.known} ${one}` };
    },
  },
});
