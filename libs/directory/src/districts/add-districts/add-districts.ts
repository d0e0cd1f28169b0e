import { Command, ensure, type Decide } from '@app/kernel';
import type { AgencyFacts } from '../../agency/agency-facts.js';
import type { DistrictsEvent } from '../districts.events.js';
import { districtsRules } from '../districts.rules.js';
import { districts, type DistrictsState } from '../districts.state.js';
import { ensureFree } from '../names.js';

export interface NewDistrict {
  readonly districtId: string;
  readonly name: string;
  readonly alsoKnownAs: readonly string[];
}

/** All of them or none; the id of the command is the agency. */
export class AddDistricts extends Command<{ readonly districts: readonly NewDistrict[] }> {}

export const addDistricts: Decide<AddDistricts, DistrictsState, DistrictsEvent, AgencyFacts> = (
  { data },
  state,
  agency,
) => {
  ensure(agency.isRegistered, districtsRules.aDistrictBelongsToARegisteredAgency);
  const events: DistrictsEvent[] = [];
  let after = state;
  for (const [at, { districtId, name, alsoKnownAs }] of data.districts.entries()) {
    const pointer = `/districts/${at}`;
    const known = after.districts.get(districtId);
    if (known === undefined) {
      ensureFree(after, districtId, [name, ...alsoKnownAs], `${pointer}/name`);
      const added: DistrictsEvent = {
        type: 'DistrictAdded',
        data: { districtId, name, alsoKnownAs: [...alsoKnownAs] },
      };
      events.push(added);
      after = districts.evolve(after, added);
      continue;
    }
    ensure(known.retired === undefined, districtsRules.aRetiredDistrictIsNotChanged, `${pointer}/id`);
    ensure(
      known.name === name && alsoKnownAs.every((alias) => known.alsoKnownAs.includes(alias)),
      districtsRules.aDistrictIsAddedOnce,
      `${pointer}/id`,
      `It stands as ${[known.name, ...known.alsoKnownAs].join(', ')}.`,
    );
  }
  return events;
};
