import type { DistrictsEvent } from './districts.events.js';

export const allston = { districtId: 'allston', name: 'Allston', alsoKnownAs: ['Allston / Brighton'] };
export const roxbury = { districtId: 'roxbury', name: 'Roxbury', alsoKnownAs: [] };
export const allstonAdded: DistrictsEvent = { type: 'DistrictAdded', data: allston };
export const roxburyAdded: DistrictsEvent = { type: 'DistrictAdded', data: roxbury };
export const roxburyRenamed: DistrictsEvent = {
  type: 'DistrictRenamed',
  data: { districtId: 'roxbury', name: 'Nubian Square', reason: 'Council order 2019/12' },
};
export const roxburyAlsoKnown: DistrictsEvent = {
  type: 'DistrictAliasesAdded',
  data: { districtId: 'roxbury', aliases: ['ROXBURY', 'Rox.'] },
};
export const allstonRetired: DistrictsEvent = {
  type: 'DistrictRetired',
  data: { districtId: 'allston', reason: 'Merged into Brighton' },
};
