import { Command, ensure, type Decide } from '@app/kernel';
import type { DistrictsEvent } from '../districts.events.js';
import { districtsRules } from '../districts.rules.js';
import type { DistrictsState } from '../districts.state.js';

export class RetireDistrict extends Command<{ readonly districtId: string; readonly reason: string }> {}

export const retireDistrict: Decide<RetireDistrict, DistrictsState, DistrictsEvent> = (
  { data: { districtId, reason } },
  { districts },
) => {
  const district = districts.get(districtId);
  ensure(district !== undefined, districtsRules.aDistrictIsAddedFirst);
  if (district.retired !== undefined) {
    ensure(
      district.retired === reason,
      districtsRules.aDistrictIsRetiredOnce,
      '/reason',
      `It was retired: ${district.retired}.`,
    );
    return [];
  }
  return [{ type: 'DistrictRetired', data: { districtId, reason } }];
};
