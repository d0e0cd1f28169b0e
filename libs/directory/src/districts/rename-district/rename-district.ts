import { Command, type Decide } from '@app/kernel';
import type { DistrictsEvent } from '../districts.events.js';
import type { DistrictsState } from '../districts.state.js';
import { ensureFree, standing } from '../names.js';

export class RenameDistrict extends Command<{
  readonly districtId: string;
  readonly name: string;
  readonly reason: string;
}> {}

export const renameDistrict: Decide<RenameDistrict, DistrictsState, DistrictsEvent> = ({ data }, state) => {
  const { districtId, name, reason } = data;
  const district = standing(state, districtId);
  if (district.name === name) return [];
  ensureFree(state, districtId, [name], '/name');
  return [{ type: 'DistrictRenamed', data: { districtId, name, reason } }];
};
