import { Command, ensure, type Decide } from '@app/kernel';
import type { AgencyFacts } from '../../agency/agency-facts.js';
import { readAs } from '../../read-as.js';
import type { DepartmentsEvent } from '../departments.events.js';
import { departmentsRules } from '../departments.rules.js';
import { isStandingDepartment, type DepartmentsState } from '../departments.state.js';

/** The id of the command is the agency. */
export class RegisterDepartment extends Command<{
  readonly departmentId: string;
  readonly name: string;
  readonly parent?: string;
}> {}

export const registerDepartment: Decide<RegisterDepartment, DepartmentsState, DepartmentsEvent, AgencyFacts> = (
  { data },
  state,
  agency,
) => {
  const { departmentId, name, parent } = data;
  ensure(agency.isRegistered, departmentsRules.aDepartmentBelongsToARegisteredAgency);
  const known = state.departments.get(departmentId);
  if (known !== undefined) {
    ensure(known.retired === undefined, departmentsRules.aRetiredDepartmentDoesNotComeBack, '/id');
    ensure(
      known.name === name && known.parent === parent,
      departmentsRules.aDepartmentIsRegisteredOnce,
      '/id',
      `It stands as ${known.name}.`,
    );
    return [];
  }
  ensure(
    parent === undefined || isStandingDepartment(state, parent),
    departmentsRules.aParentDepartmentStands,
    '/parent',
  );
  for (const [id, other] of state.departments) {
    const taken = other.retired === undefined && readAs(other.name) === readAs(name);
    ensure(!taken, departmentsRules.aDepartmentNameIsFree, '/name', `${other.name} is ${id}.`);
  }
  return [{ type: 'DepartmentRegistered', data: { departmentId, name, ...(parent === undefined ? {} : { parent }) } }];
};
