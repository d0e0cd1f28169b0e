import { Command, type Decide } from '@app/kernel';
import type { DistrictsEvent } from '../districts.events.js';
import type { DistrictsState } from '../districts.state.js';
import { ensureFree, standing } from '../names.js';

export class AddDistrictAliases extends Command<{
  readonly districtId: string;
  readonly aliases: readonly string[];
}> {}

export const addDistrictAliases: Decide<AddDistrictAliases, DistrictsState, DistrictsEvent> = ({ data }, state) => {
  const { districtId } = data;
  const { name, alsoKnownAs } = standing(state, districtId);
  ensureFree(state, districtId, data.aliases, '/aliases');
  const aliases = data.aliases.filter((alias) => alias !== name && !alsoKnownAs.includes(alias));
  return aliases.length === 0 ? [] : [{ type: 'DistrictAliasesAdded', data: { districtId, aliases } }];
};
