import { specFor } from '@app/testing';
import { streetsRegistered, streetsRetired, worksRegistered, worksRetired } from '../departments.examples.js';
import { departmentsRules } from '../departments.rules.js';
import { departments } from '../departments.state.js';
import { RetireDepartment, retireDepartment } from './retire-department.js';

const { given } = specFor(departments, RetireDepartment, retireDepartment);
const retirement = { departmentId: 'public-works', reason: 'Divided by order 2026/3' };

describe('retire a department', () => {
  it('is retired for a reason', () => given(worksRegistered).when(retirement).then(worksRetired));
  it('sent twice, nothing happens', () => given(worksRegistered, worksRetired).when(retirement).then());
  it(departmentsRules.aDepartmentIsRegisteredFirst.sentence, () =>
    given().when(retirement).refused(departmentsRules.aDepartmentIsRegisteredFirst),
  );
  it(departmentsRules.aDepartmentIsRetiredOnce.sentence, () =>
    given(worksRegistered, worksRetired)
      .when({ ...retirement, reason: 'Sold' })
      .refused(departmentsRules.aDepartmentIsRetiredOnce, '/reason'),
  );
  it(departmentsRules.aDepartmentIsRetiredAfterItsParts.sentence, () => {
    given(worksRegistered, streetsRegistered)
      .when(retirement)
      .refused(departmentsRules.aDepartmentIsRetiredAfterItsParts);
    given(worksRegistered, streetsRegistered, streetsRetired).when(retirement).then(worksRetired);
  });
});
