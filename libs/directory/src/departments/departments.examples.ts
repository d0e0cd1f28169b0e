import type { DepartmentsEvent } from './departments.events.js';

export const works = { departmentId: 'public-works', name: 'Public Works' };
export const streets = { departmentId: 'street-cleaning', name: 'Street Cleaning', parent: 'public-works' };
export const worksRegistered: DepartmentsEvent = { type: 'DepartmentRegistered', data: works };
export const streetsRegistered: DepartmentsEvent = { type: 'DepartmentRegistered', data: streets };
export const worksRetired: DepartmentsEvent = {
  type: 'DepartmentRetired',
  data: { departmentId: 'public-works', reason: 'Divided by order 2026/3' },
};
export const streetsRetired: DepartmentsEvent = {
  type: 'DepartmentRetired',
  data: { departmentId: 'street-cleaning', reason: 'Contracted out' },
};
