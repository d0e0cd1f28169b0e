import { Command, ensure, type Decide } from '@app/kernel';
import type { DepartmentsEvent } from '../departments.events.js';
import { departmentsRules } from '../departments.rules.js';
import type { DepartmentsState } from '../departments.state.js';

export class RetireDepartment extends Command<{ readonly departmentId: string; readonly reason: string }> {}

export const retireDepartment: Decide<RetireDepartment, DepartmentsState, DepartmentsEvent> = (
  { data: { departmentId, reason } },
  { departments },
) => {
  const department = departments.get(departmentId);
  ensure(department !== undefined, departmentsRules.aDepartmentIsRegisteredFirst);
  if (department.retired !== undefined) {
    ensure(
      department.retired === reason,
      departmentsRules.aDepartmentIsRetiredOnce,
      '/reason',
      `It was retired: ${department.retired}.`,
    );
    return [];
  }
  for (const [id, { parent, retired }] of departments)
    ensure(
      parent !== departmentId || retired !== undefined,
      departmentsRules.aDepartmentIsRetiredAfterItsParts,
      '',
      `${id} is part of it.`,
    );
  return [{ type: 'DepartmentRetired', data: { departmentId, reason } }];
};
