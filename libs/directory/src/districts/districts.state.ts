import { unhandled, type Aggregate } from '@app/kernel';
import { districtsEvents, type DistrictsEvent } from './districts.events.js';

export interface District {
  readonly name: string;
  /** Other spellings and former names: readings that use one belong to this district. */
  readonly alsoKnownAs: readonly string[];
  /** Why; absent while the district stands. */
  readonly retired?: string;
}

/** All districts of one agency, retired ones too, by id in the order in which they were added. */
export interface DistrictsState {
  readonly districts: ReadonlyMap<string, District>;
}

/** One stream for all districts of an agency, so that a name is taken or free in the very revision that is decided on. */
export const districts: Aggregate<DistrictsState, DistrictsEvent> = {
  category: 'districts',
  events: districtsEvents,
  initial: { districts: new Map() },
  evolve: ({ districts: all }, event) => {
    switch (event.type) {
      case 'DistrictAdded': {
        const { districtId, name, alsoKnownAs } = event.data;
        return { districts: new Map(all).set(districtId, { name, alsoKnownAs }) };
      }
      case 'DistrictRenamed':
        return changed(all, event.data.districtId, (district) => renamed(district, event.data.name));
      case 'DistrictAliasesAdded':
        return changed(all, event.data.districtId, (district) => ({
          ...district,
          alsoKnownAs: [...district.alsoKnownAs, ...event.data.aliases],
        }));
      case 'DistrictRetired':
        return changed(all, event.data.districtId, (district) => ({ ...district, retired: event.data.reason }));
      default:
        return unhandled(event);
    }
  },
};

function changed(
  all: DistrictsState['districts'],
  districtId: string,
  change: (district: District) => District,
): DistrictsState {
  const district = all.get(districtId);
  return { districts: district === undefined ? all : new Map(all).set(districtId, change(district)) };
}

const renamed = (district: District, name: string): District => ({
  ...district,
  name,
  alsoKnownAs: [...district.alsoKnownAs.filter((other) => other !== name), district.name],
});

/**
 * True for a name that some district of the agency has or had, to the letter: spellings are declared, not guessed.
 * Names of retired districts stay, because readings of their time use them.
 */
export function isDistrictName({ districts: all }: DistrictsState, text: string): boolean {
  for (const { name, alsoKnownAs } of all.values()) if (name === text || alsoKnownAs.includes(text)) return true;
  return false;
}

export const isStandingDistrict = ({ districts: all }: DistrictsState, districtId: string): boolean => {
  const district = all.get(districtId);
  return district !== undefined && district.retired === undefined;
};
