import { defineRules } from '@app/kernel';

export const inputRules = defineRules('input', {
  anInputGoesToAConsultation: ['An input goes to a consultation that is planned here.', 404],
  anInputComesWhileTheConsultationIsOpen: ['An input is received while its consultation is open.', 409],
  anInputIsNotReceivedInTheFuture: 'An input is not received in the future.',
  anInputComesFromAGroupThatIsAsked: 'An input comes from a group that the consultation requires, or names none.',
  anInputNamesADistrictOfTheAgency: 'An input names a district of the agency, or none.',
  anInputIsAboutNamedThemes: 'An input is about themes that the consultation has named, each of them once.',
  anInputIsReceivedOnce: ['An input is received once, with one content.', 409],
  anInputIsThereFirst: ['An input is received before anything else happens to it.', 404],
  aWithdrawnInputIsLeftAlone: ['An input that was withdrawn is left alone.', 409],
  onlyWhoSentAnInputWithdrawsIt: ['Only who sent an input withdraws it.', 403],
  aLineIsAnInput:
    'A line of an upload is an input: id, text, and perhaps person, group, district, themes, stance, channel, contact and receivedAt.',
});
