import { hash } from 'node:crypto';
import { unhandled, type Aggregate } from '@app/kernel';
import { ballotBoxEvents, type BallotBoxEvent, type Vote } from './ballot-box.events.js';

export interface CastVote {
  /** Number of the event that recorded it. */
  readonly since: number;
  readonly statement: string;
  readonly vote: Vote;
  /** Milliseconds since 1970. */
  readonly castAt: number;
}

/** The vote of a participant on a statement that counts, and the one that counted before. */
interface Counted extends CastVote {
  readonly before?: Counted | undefined;
}

interface Ballots {
  /** Number of the event that registered the participant. */
  readonly since: number;
  readonly group?: string;
  readonly byVoteId: Map<string, CastVote>;
  readonly counted: Map<string, Counted>;
}

/** Grows with the newest state; older states see only what was there at their event count. */
interface Journal {
  events: number;
  readonly participants: Map<string, Ballots>;
}

export interface BallotBox {
  readonly events: number;
  readonly journal: Journal;
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
  { events, journal }: BallotBox,
  participant: string,
): { readonly group?: string } | undefined => {
  const found = journal.participants.get(participant);
  return found !== undefined && found.since < events ? found : undefined;
};

export function voteIn({ events, journal }: BallotBox, participant: string, voteId: string): CastVote | undefined {
  const found = journal.participants.get(participant)?.byVoteId.get(voteId);
  return found !== undefined && found.since < events ? found : undefined;
}

/** The vote of a participant on a statement that counts. */
export function countedIn(
  { events, journal }: BallotBox,
  participant: string,
  statement: string,
): CastVote | undefined {
  let found = journal.participants.get(participant)?.counted.get(statement);
  while (found !== undefined && found.since >= events) found = found.before;
  return found;
}

/** The newest state appends to the shared journal; any other one gets a copy of what it sees. */
function journalOf({ journal, events }: BallotBox): Journal {
  if (events === 0) return { events: 0, participants: new Map() };
  if (journal.events === events) return journal;
  const participants = new Map<string, Ballots>();
  for (const [id, { since, group, byVoteId, counted }] of journal.participants) {
    if (since >= events) continue;
    const seen = [...counted].map(([statement, last]): [string, Counted | undefined] => {
      let one: Counted | undefined = last;
      while (one !== undefined && one.since >= events) one = one.before;
      return [statement, one];
    });
    participants.set(id, {
      since,
      ...(group === undefined ? {} : { group }),
      byVoteId: new Map([...byVoteId].filter(([, cast]) => cast.since < events)),
      counted: new Map(seen.filter((entry): entry is [string, Counted] => entry[1] !== undefined)),
    });
  }
  return { events, participants };
}

/** One stream for every quarter of the participants: `ballots-seattle/minimum-wage/2`. */
export const ballotBox: Aggregate<BallotBox, BallotBoxEvent> = {
  category: 'ballots',
  events: ballotBoxEvents,
  initial: { events: 0, journal: { events: 0, participants: new Map() } },
  evolve: (box, event) => {
    const journal = journalOf(box);
    const since = box.events;
    switch (event.type) {
      case 'ParticipantRegistered': {
        const { participant, group } = event.data;
        const ballots: Ballots = {
          since,
          ...(group === undefined ? {} : { group }),
          byVoteId: new Map(),
          counted: new Map(),
        };
        journal.participants.set(participant, ballots);
        break;
      }
      case 'VoteCast': {
        const { participant, voteId, statement, vote, castAt, counts } = event.data;
        const ballots = journal.participants.get(participant);
        if (ballots === undefined) throw new Error(`participant ${participant} was never registered`);
        const before = ballots.counted.get(statement);
        const cast: Counted = { since, statement, vote, castAt: Date.parse(castAt), before };
        ballots.byVoteId.set(voteId, cast);
        if (counts) ballots.counted.set(statement, cast);
        break;
      }
      default:
        return unhandled(event);
    }
    journal.events += 1;
    return { events: journal.events, journal };
  },
};
