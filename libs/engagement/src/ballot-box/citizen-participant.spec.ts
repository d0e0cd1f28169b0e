import { citizenParticipant } from './citizen-participant.js';
import { ballotBoxRules } from './ballot-box.rules.js';

const key = 'a'.repeat(27);
const nobody = { person: 'c-1', hasAccount: false };

describe('a citizen in a consultation', () => {
  it('is the owner of the account', () =>
    expect(citizenParticipant({ person: 'p-1', hasAccount: true }, 'seattle', 'wage', undefined)).toBe('p-1'));
  it('is a digest of the key without one, another in each consultation', () => {
    const [once, again, elsewhere] = ['wage', 'wage', 'parks'].map((id) =>
      citizenParticipant(nobody, 'seattle', id, key),
    );
    expect(once).toMatch(/^k-[0-9a-f]{40}$/);
    expect(again).toBe(once);
    expect(elsewhere).not.toBe(once);
  });
  it.each([undefined, 'short', `${key} `, 'a'.repeat(65)])(
    `${ballotBoxRules.aCitizenWithoutAnAccountShowsAKey.sentence} (%s)`,
    (given) =>
      expect(() => citizenParticipant(nobody, 'seattle', 'wage', given)).toThrow(
        expect.objectContaining({ rule: ballotBoxRules.aCitizenWithoutAnAccountShowsAKey, pointer: '/key' }),
      ),
  );
});
