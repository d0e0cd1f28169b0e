import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

// These names and fields are what is stored: add a version, never change one.
export const districtsEvents = defineEvents({
  DistrictAdded: {
    version: 1,
    schema: z.strictObject({ districtId: z.string(), name: z.string(), alsoKnownAs: z.array(z.string()) }),
  },
  /** The name before becomes one that the district is also known as. */
  DistrictRenamed: {
    version: 1,
    schema: z.strictObject({ districtId: z.string(), name: z.string(), reason: z.string() }),
  },
  DistrictAliasesAdded: {
    version: 1,
    schema: z.strictObject({ districtId: z.string(), aliases: z.array(z.string()) }),
  },
  DistrictRetired: {
    version: 1,
    schema: z.strictObject({ districtId: z.string(), reason: z.string() }),
  },
});
export type DistrictsEvent = EventOf<typeof districtsEvents>;
