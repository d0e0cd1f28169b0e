import { specFor } from '@app/testing';
import {
  streets,
  streetsRegistered,
  streetsRetired,
  works,
  worksRegistered,
  worksRetired,
} from '../departments.examples.js';
import { departmentsRules } from '../departments.rules.js';
import { departments } from '../departments.state.js';
import { RegisterDepartment, registerDepartment } from './register-department.js';

const { given } = specFor(departments, RegisterDepartment, registerDepartment);
const facts = { isRegistered: true, today: '2026-01-05' };

describe('register a department', () => {
  it('is registered under its name', () => given().when(works, { facts }).then(worksRegistered));
  it('is part of another department', () => given(worksRegistered).when(streets, { facts }).then(streetsRegistered));
  it('sent twice, nothing happens', () => given(worksRegistered, streetsRegistered).when(streets, { facts }).then());
  it('takes the name of a retired department', () =>
    given(worksRegistered, worksRetired)
      .when({ ...works, departmentId: 'works' }, { facts })
      .then({ type: 'DepartmentRegistered', data: { ...works, departmentId: 'works' } }));
  it(departmentsRules.aDepartmentBelongsToARegisteredAgency.sentence, () =>
    given()
      .when(works, { facts: { ...facts, isRegistered: false } })
      .refused(departmentsRules.aDepartmentBelongsToARegisteredAgency),
  );
  it(departmentsRules.aDepartmentIsRegisteredOnce.sentence, () => {
    given(worksRegistered)
      .when({ ...works, name: 'Works' }, { facts })
      .refused(departmentsRules.aDepartmentIsRegisteredOnce, '/id');
    given(worksRegistered, streetsRegistered)
      .when({ departmentId: streets.departmentId, name: streets.name }, { facts })
      .refused(departmentsRules.aDepartmentIsRegisteredOnce, '/id');
  });
  it(departmentsRules.aDepartmentNameIsFree.sentence, () =>
    given(worksRegistered)
      .when({ departmentId: 'works', name: 'public  WORKS' }, { facts })
      .refused(departmentsRules.aDepartmentNameIsFree, '/name'),
  );
  it(departmentsRules.aParentDepartmentStands.sentence, () => {
    given().when(streets, { facts }).refused(departmentsRules.aParentDepartmentStands, '/parent');
    given(worksRegistered, worksRetired)
      .when(streets, { facts })
      .refused(departmentsRules.aParentDepartmentStands, '/parent');
  });
  it(departmentsRules.aRetiredDepartmentDoesNotComeBack.sentence, () =>
    given(worksRegistered, streetsRegistered, streetsRetired)
      .when(streets, { facts })
      .refused(departmentsRules.aRetiredDepartmentDoesNotComeBack, '/id'),
  );
});
