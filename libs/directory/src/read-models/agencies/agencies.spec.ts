import type { RecordedEvent } from '@app/kernel';
import { bostonRegistered } from '../../agency/agency.examples.js';
import { agencies } from './agencies.js';

describe('the list of agencies', () => {
  it('has an agency from its registration on', () => {
    const stream = { category: 'agency', tenant: 'boston', id: 'boston' };
    const event = { ...bostonRegistered, stream, revision: 0n } as unknown as RecordedEvent;
    expect(agencies.on['AgencyRegistered']!(undefined, event, 'boston')).toEqual({
      _id: 'boston',
      name: 'City of Boston',
      timeZone: 'America/New_York',
      revision: '0',
    });
  });
});
