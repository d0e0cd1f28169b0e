import { specFor } from '@app/testing';
import { received, said, themed, withdrawn } from '../input.examples.js';
import { inputRules } from '../input.rules.js';
import { input } from '../input.state.js';
import { SubmitInput, submitInput, type SubmitInputFacts } from './submit-input.js';

const { given } = specFor(input, SubmitInput, submitInput);
const facts: SubmitInputFacts = {
  isPlanned: true,
  isOpen: true,
  groups: ['formal', 'informal'],
  themes: ['standpipes', 'leaks'],
  isDistrictKnown: true,
};
const asked = { received: said, isSameText: false };
const again = { received: { ...said, receivedAt: '2026-01-05T08:30:00.000Z' }, isSameText: true };

describe('submit an input', () => {
  it('is received', () => given().when(asked, { facts }).then(received));
  it('sent twice, nothing happens', () => given(received).when(again, { facts }).then());
  it('sent twice, nothing happens, whatever was done with it since', () =>
    given(received, themed, withdrawn)
      .when(again, { facts: { ...facts, isOpen: false } })
      .then());
  it('needs no group, district or theme', () => {
    const { groupId: _group, districtId: _district, ...alone } = { ...said, themeIds: [] };
    given()
      .when({ ...asked, received: alone }, { facts })
      .then({ type: 'InputReceived', data: alone });
  });
  it(inputRules.anInputIsReceivedOnce.sentence, () => {
    given(received)
      .when({ ...again, isSameText: false }, { facts })
      .refused(inputRules.anInputIsReceivedOnce, '/id');
    given(received)
      .when({ ...again, received: { ...said, stance: 'against' } }, { facts })
      .refused(inputRules.anInputIsReceivedOnce, '/id');
  });
  it(inputRules.anInputGoesToAConsultation.sentence, () =>
    given()
      .when(asked, { facts: { ...facts, isPlanned: false } })
      .refused(inputRules.anInputGoesToAConsultation),
  );
  it(inputRules.anInputComesWhileTheConsultationIsOpen.sentence, () =>
    given()
      .when(asked, { facts: { ...facts, isOpen: false } })
      .refused(inputRules.anInputComesWhileTheConsultationIsOpen, '/receivedAt'),
  );
  it(inputRules.anInputIsNotReceivedInTheFuture.sentence, () =>
    given()
      .when({ ...asked, received: { ...said, receivedAt: '2026-01-05T09:00:01.000Z' } }, { facts })
      .refused(inputRules.anInputIsNotReceivedInTheFuture, '/receivedAt'),
  );
  it(inputRules.anInputComesFromAGroupThatIsAsked.sentence, () =>
    given()
      .when({ ...asked, received: { ...said, groupId: 'businesses' } }, { facts })
      .refused(inputRules.anInputComesFromAGroupThatIsAsked, '/group'),
  );
  it(inputRules.anInputNamesADistrictOfTheAgency.sentence, () =>
    given()
      .when(asked, { facts: { ...facts, isDistrictKnown: false } })
      .refused(inputRules.anInputNamesADistrictOfTheAgency, '/district'),
  );
  it.each([[['roads']], [['leaks', 'leaks']]])(`${inputRules.anInputIsAboutNamedThemes.sentence} Not %j.`, (themeIds) =>
    given()
      .when({ ...asked, received: { ...said, themeIds } }, { facts })
      .refused(inputRules.anInputIsAboutNamedThemes, '/themes'),
  );
});
