import { specFor } from '@app/testing';
import { minimumWage, unplanned } from '../../statement/statement.examples.js';
import { renter, renterRegistered } from '../ballot-box.examples.js';
import { ballotBoxRules } from '../ballot-box.rules.js';
import { ballotBox } from '../ballot-box.state.js';
import { givenParticipant } from '../given-lines.js';
import { RegisterParticipant, registerParticipant } from './register-participant.js';

const { given } = specFor(ballotBox, RegisterParticipant, registerParticipant);
const facts = minimumWage;

describe('register a participant', () => {
  it('keeps an opaque id and the group that was declared', () =>
    given().when(renter, { facts }).then(renterRegistered));
  it('needs no group', () =>
    given()
      .when({ id: 'k-1' }, { facts })
      .then({ type: 'ParticipantRegistered', data: { participant: 'k-1' } }));
  it('sent twice, nothing happens', () => given(renterRegistered).when(renter, { facts }).then());
  it.each(['owners', undefined])(`${ballotBoxRules.aParticipantDeclaresOneGroup.sentence} (%s)`, (group) =>
    given(renterRegistered)
      .when({ id: 'k-1', group }, { facts })
      .refused(ballotBoxRules.aParticipantDeclaresOneGroup, '/group'),
  );
  it(ballotBoxRules.aParticipantDeclaresAGroupThatIsAsked.sentence, () =>
    given()
      .when({ ...renter, group: 'landlords' }, { facts })
      .refused(ballotBoxRules.aParticipantDeclaresAGroupThatIsAsked, '/group'),
  );
  it(ballotBoxRules.aCitizenJoinsBeforeTheConsultationEnds.sentence, () => {
    const ended = { ...minimumWage, endedAt: '2026-04-01T08:00:00Z' };
    const late = { ...renter, joinsAt: '2026-04-01T08:00:00.000Z' };
    given().when(late, { facts: ended }).refused(ballotBoxRules.aCitizenJoinsBeforeTheConsultationEnds);
    given().when(renter, { facts: ended }).then(renterRegistered);
    given()
      .when({ ...late, joinsAt: '2026-04-01T07:59:59.999Z' }, { facts: ended })
      .then(renterRegistered);
  });
  it(ballotBoxRules.aParticipantJoinsAConsultation.sentence, () =>
    given().when(renter, { facts: unplanned }).refused(ballotBoxRules.aParticipantJoinsAConsultation),
  );
});

describe('a line of an upload', () => {
  it.each([
    ['/id', { id: 'Jane Roe' }],
    ['/id', { id: 'k'.repeat(65) }],
    ['/group', { id: 'k-1', group: '' }],
    ['', { id: 'k-1', name: 'Jane Roe' }],
    ['', 'k-1'],
  ])(`${ballotBoxRules.aLineIsAParticipant.sentence} Refused at '%s'.`, (pointer, line) =>
    expect(() => givenParticipant(line)).toThrow(
      expect.objectContaining({ rule: ballotBoxRules.aLineIsAParticipant, pointer }),
    ),
  );
});
