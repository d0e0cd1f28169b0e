import { specFor } from '@app/testing';
import { allstonAdded, allstonRetired, roxburyAdded, roxburyAlsoKnown, roxburyRenamed } from '../districts.examples.js';
import { districtsRules } from '../districts.rules.js';
import { districts } from '../districts.state.js';
import { RenameDistrict, renameDistrict } from './rename-district.js';

const { given } = specFor(districts, RenameDistrict, renameDistrict);
const renaming = { districtId: 'roxbury', name: 'Nubian Square', reason: 'Council order 2019/12' };

describe('rename a district', () => {
  it('is renamed for a reason', () => given(roxburyAdded).when(renaming).then(roxburyRenamed));
  it('sent twice, nothing happens', () => given(roxburyAdded, roxburyRenamed).when(renaming).then());
  it('the name before stays known', () =>
    expect([roxburyAdded, roxburyRenamed].reduce(districts.evolve, districts.initial).districts.get('roxbury')).toEqual(
      { name: 'Nubian Square', alsoKnownAs: ['Roxbury'] },
    ));
  it('one of its own spellings becomes its name', () => {
    const event = { type: 'DistrictRenamed' as const, data: { ...renaming, name: 'ROXBURY' } };
    given(roxburyAdded, roxburyAlsoKnown).when(event.data).then(event);
    expect(
      [roxburyAdded, roxburyAlsoKnown, event].reduce(districts.evolve, districts.initial).districts.get('roxbury'),
    ).toEqual({ name: 'ROXBURY', alsoKnownAs: ['Rox.', 'Roxbury'] });
  });
  it('takes no name of another district', () =>
    given(roxburyAdded, allstonAdded)
      .when({ ...renaming, name: 'Allston / Brighton' })
      .refused(districtsRules.aDistrictNameIsFree, '/name'));
  it(districtsRules.aDistrictIsAddedFirst.sentence, () =>
    given().when(renaming).refused(districtsRules.aDistrictIsAddedFirst),
  );
  it('a retired district keeps its name', () =>
    given(allstonAdded, allstonRetired)
      .when({ ...renaming, districtId: 'allston' })
      .refused(districtsRules.aRetiredDistrictIsNotChanged));
});
