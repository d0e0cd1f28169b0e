import { defineRules } from '@app/kernel';

export const districtsRules = defineRules('district', {
  aDistrictBelongsToARegisteredAgency: ['A district belongs to an agency that is registered.', 404],
  aDistrictIsAddedOnce: ['A district is added once, under one name; after that it is renamed or retired.', 409],
  aDistrictNameIsFree:
    'The names and other spellings of a district belong to no other district of the agency, capitals and spaces aside.',
  aSpellingIsListedOnce: 'A district lists each of its names once.',
  aDistrictIsAddedFirst: ['A district is added before anything is said about it.', 404],
  aRetiredDistrictIsNotChanged: ['A retired district is not changed, and its id is not given again.', 409],
  aDistrictIsRetiredOnce: ['A district is retired once, for one reason.', 409],
});
