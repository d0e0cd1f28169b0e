import { specFor } from '@app/testing';
import { allstonAdded, allstonRetired, roxburyAdded, roxburyAlsoKnown } from '../districts.examples.js';
import { districtsRules } from '../districts.rules.js';
import { districts } from '../districts.state.js';
import { AddDistrictAliases, addDistrictAliases } from './add-district-aliases.js';

const { given } = specFor(districts, AddDistrictAliases, addDistrictAliases);
const spellings = { districtId: 'roxbury', aliases: ['ROXBURY', 'Rox.'] };

describe('add spellings of a district', () => {
  it('are added', () => given(roxburyAdded).when(spellings).then(roxburyAlsoKnown));
  it('sent twice, nothing happens', () => given(roxburyAdded, roxburyAlsoKnown).when(spellings).then());
  it('only what is new is added', () =>
    given(roxburyAdded, roxburyAlsoKnown)
      .when({ ...spellings, aliases: ['Roxbury', 'Rox.', 'Roxbury Crossing'] })
      .then({ type: 'DistrictAliasesAdded', data: { districtId: 'roxbury', aliases: ['Roxbury Crossing'] } }));
  it('are no names of another district', () =>
    given(roxburyAdded, allstonAdded)
      .when({ ...spellings, aliases: ['ALLSTON'] })
      .refused(districtsRules.aDistrictNameIsFree, '/aliases'));
  it('are listed once', () =>
    given(roxburyAdded)
      .when({ ...spellings, aliases: ['Rox.', 'Rox.'] })
      .refused(districtsRules.aSpellingIsListedOnce, '/aliases'));
  it('belong to a district that was added', () =>
    given().when(spellings).refused(districtsRules.aDistrictIsAddedFirst));
  it('are not added to a retired district', () =>
    given(allstonAdded, allstonRetired)
      .when({ ...spellings, districtId: 'allston' })
      .refused(districtsRules.aRetiredDistrictIsNotChanged));
});
