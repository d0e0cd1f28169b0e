import { hash } from 'node:crypto';
import { PersistentMap, unhandled, type Aggregate } from '@app/kernel';
import { ballotBoxEvents, type BallotBoxEvent, type Vote } from './ballot-box.events.js';

export interface CastVote {
  readonly statement: string;
  readonly vote: Vote;
  /** Milliseconds since 1970. */
  readonly castAt: number;
}

interface Ballots {
  readonly group?: string | undefined;
  /** By vote id. */
  readonly cast: PersistentMap<CastVote>;
  /** By statement: the vote that counts. */
  readonly counted: PersistentMap<CastVote>;
}

export interface BallotBox {
  readonly participants: PersistentMap<Ballots>;
}

/** Boxes of a consultation. Stored stream names follow from it: it stays as it is. */
export const boxesOfAConsultation = 4;

/** Stream id of the box that a participant's votes are in, by the first two bits of a digest: `minimum-wage/2`. */
export const boxOf = (consultation: string, participant: string): string =>
  `${consultation}/${Number.parseInt(hash('sha256', participant).slice(0, 1), 16) >> 2}`;

/** Of the box `minimum-wage/2`. */
export const consultationOf = (box: string): string => box.slice(0, box.lastIndexOf('/'));

/** Stream ids of every box. */
export const boxesOf = (consultation: string): readonly string[] =>
  Array.from({ length: boxesOfAConsultation }, (_, box) => `${consultation}/${box}`);

export const participantIn = (
  { participants }: BallotBox,
  participant: string,
): { readonly group?: string | undefined } | undefined => participants.get(participant);

export const voteIn = ({ participants }: BallotBox, participant: string, voteId: string): CastVote | undefined =>
  participants.get(participant)?.cast.get(voteId);

/** The vote of a participant on a statement that counts. */
export const countedIn = ({ participants }: BallotBox, participant: string, statement: string): CastVote | undefined =>
  participants.get(participant)?.counted.get(statement);

/** One stream for every quarter of the participants: `ballots-seattle/minimum-wage/2`. */
export const ballotBox: Aggregate<BallotBox, BallotBoxEvent> = {
  category: 'ballots',
  events: ballotBoxEvents,
  initial: { participants: PersistentMap.empty() },
  evolve: ({ participants }, event) => {
    switch (event.type) {
      case 'ParticipantRegistered': {
        const { participant, group } = event.data;
        const ballots: Ballots = { group, cast: PersistentMap.empty(), counted: PersistentMap.empty() };
        return { participants: participants.with(participant, ballots) };
      }
      case 'VoteCast': {
        const { participant, voteId, statement, vote, castAt, counts } = event.data;
        const ballots = participants.get(participant);
        if (ballots === undefined) throw new Error(`participant ${participant} was never registered`);
        const { group, cast, counted } = ballots;
        const made: CastVote = { statement, vote, castAt: Date.parse(castAt) };
        const after: Ballots = {
          group,
          cast: cast.with(voteId, made),
          counted: counts ? counted.with(statement, made) : counted,
        };
        return { participants: participants.with(participant, after) };
      }
      default:
        return unhandled(event);
    }
  },
};
