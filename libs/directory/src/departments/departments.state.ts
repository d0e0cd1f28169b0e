import { unhandled, type Aggregate } from '@app/kernel';
import { departmentsEvents, type DepartmentsEvent } from './departments.events.js';

export interface Department {
  readonly name: string;
  /** The department that it is part of; absent at the top. */
  readonly parent?: string;
  /** Why; absent while the department stands. */
  readonly retired?: string;
}

/** All departments of one agency, retired ones too, by id in the order in which they were registered. */
export interface DepartmentsState {
  readonly departments: ReadonlyMap<string, Department>;
}

export const departments: Aggregate<DepartmentsState, DepartmentsEvent> = {
  category: 'departments',
  events: departmentsEvents,
  initial: { departments: new Map() },
  evolve: ({ departments: all }, event) => {
    switch (event.type) {
      case 'DepartmentRegistered': {
        const { departmentId, ...department } = event.data;
        return { departments: new Map(all).set(departmentId, department) };
      }
      case 'DepartmentRetired': {
        const { departmentId, reason } = event.data;
        const department = all.get(departmentId);
        if (department === undefined) return { departments: all };
        return { departments: new Map(all).set(departmentId, { ...department, retired: reason }) };
      }
      default:
        return unhandled(event);
    }
  },
};

export const isStandingDepartment = ({ departments: all }: DepartmentsState, departmentId: string): boolean => {
  const department = all.get(departmentId);
  return department !== undefined && department.retired === undefined;
};
