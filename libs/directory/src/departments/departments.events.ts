import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const departmentsEvents = defineEvents({
  DepartmentRegistered: {
    version: 1,
    schema: z.strictObject({ departmentId: z.string(), name: z.string(), parent: z.string().optional() }),
  },
  DepartmentRetired: {
    version: 1,
    schema: z.strictObject({ departmentId: z.string(), reason: z.string() }),
  },
});
export type DepartmentsEvent = EventOf<typeof departmentsEvents>;
