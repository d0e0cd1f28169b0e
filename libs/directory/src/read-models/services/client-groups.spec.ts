import type { ServiceEvent } from '../../service/service.events.js';
import {
  distanceRecorded,
  distanceRemoved,
  informal,
  informalIdentified,
  recounted,
  suspended,
  waterRegistered,
} from '../../service/service.examples.js';
import { service, type RegisteredService } from '../../service/service.state.js';
import { clientGroupsOf } from './client-groups.js';
import type { ListedService } from './services.js';

const businesses: ServiceEvent = {
  type: 'ClientGroupIdentified',
  data: {
    ...informal,
    groupId: 'businesses',
    name: 'Businesses',
    kind: 'businesses',
    actualOrPotential: 'actual',
    populationSize: 900,
    districtIds: [],
  },
};

const listed = (...events: readonly ServiceEvent[]): ListedService => ({
  _id: 'boston/water-supply',
  agency: 'boston',
  service: 'water-supply',
  revision: String(events.length),
  updatedAt: '2026-01-05T09:00:00Z',
  state: [waterRegistered, ...events].reduce(service.evolve, service.initial) as RegisteredService,
});

describe('the list of client groups', () => {
  it('shows a group with its newest population and the source', () =>
    expect(clientGroupsOf(listed(informalIdentified, recounted, suspended), {})).toEqual([
      {
        service: 'water-supply',
        serviceName: 'Water supply',
        serviceStatus: 'suspended',
        group: 'informal-settlement',
        name: 'Informal settlement',
        kind: 'households',
        actualOrPotential: 'potential',
        populationSize: 13_250,
        asOf: '2025-12-31',
        source: 'Household survey 2025',
        districts: ['allston', 'roxbury'],
        openBarriers: [],
        revision: '3',
      },
    ]));
  it('shows barriers until they are removed', () => {
    expect(clientGroupsOf(listed(informalIdentified, distanceRecorded), {})).toMatchObject([
      { openBarriers: [{ barrierId: 'distance', barrier: 'The nearest office is 14 km away', severity: 'high' }] },
    ]);
    expect(clientGroupsOf(listed(informalIdentified, distanceRecorded, distanceRemoved), {})).toMatchObject([
      { openBarriers: [] },
    ]);
  });
  it.each([
    [{}, ['informal-settlement', 'businesses']],
    [{ kind: 'businesses' }, ['businesses']],
    [{ actualOrPotential: 'potential' }, ['informal-settlement']],
    [{ district: 'roxbury' }, ['informal-settlement']],
    [{ kind: 'businesses', district: 'roxbury' }, []],
  ])('asked for %j, shows %j', (filter, groups) =>
    expect(clientGroupsOf(listed(informalIdentified, businesses), filter).map(({ group }) => group)).toEqual(groups),
  );
});
