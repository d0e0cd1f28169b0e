import { ensure } from '@app/kernel';
import { readAs } from '../read-as.js';
import { districtsRules } from './districts.rules.js';
import type { District, DistrictsState } from './districts.state.js';

/** Refuses a name that another district has or had, and one that is listed twice. */
export function ensureFree(
  { districts }: DistrictsState,
  districtId: string,
  names: readonly string[],
  pointer: string,
): void {
  ensure(new Set(names).size === names.length, districtsRules.aSpellingIsListedOnce, pointer);
  const wanted = new Set(names.map(readAs));
  for (const [id, { name, alsoKnownAs }] of districts) {
    if (id === districtId) continue;
    const taken = [name, ...alsoKnownAs].find((other) => wanted.has(readAs(other)));
    ensure(taken === undefined, districtsRules.aDistrictNameIsFree, pointer, `${taken} is a name of ${id}.`);
  }
}

/** The district, when it was added and is not retired. */
export function standing({ districts }: DistrictsState, districtId: string): District {
  const district = districts.get(districtId);
  ensure(district !== undefined, districtsRules.aDistrictIsAddedFirst);
  ensure(district.retired === undefined, districtsRules.aRetiredDistrictIsNotChanged);
  return district;
}
