import { specFor } from '@app/testing';
import { allstonAdded, allstonRetired } from '../districts.examples.js';
import { districtsRules } from '../districts.rules.js';
import { districts } from '../districts.state.js';
import { RetireDistrict, retireDistrict } from './retire-district.js';

const { given } = specFor(districts, RetireDistrict, retireDistrict);
const retirement = { districtId: 'allston', reason: 'Merged into Brighton' };

describe('retire a district', () => {
  it('is retired for a reason', () => given(allstonAdded).when(retirement).then(allstonRetired));
  it('sent twice, nothing happens', () => given(allstonAdded, allstonRetired).when(retirement).then());
  it(districtsRules.aDistrictIsRetiredOnce.sentence, () =>
    given(allstonAdded, allstonRetired)
      .when({ ...retirement, reason: 'Flooded' })
      .refused(districtsRules.aDistrictIsRetiredOnce, '/reason'),
  );
  it('was added before', () => given().when(retirement).refused(districtsRules.aDistrictIsAddedFirst));
});
