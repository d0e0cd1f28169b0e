import { bostonRegistered } from './agency.examples.js';
import { factsOf } from './agency-facts.js';
import { agency } from './agency.state.js';

const boston = agency.evolve(agency.initial, bostonRegistered);

describe('what is known of an agency when a command comes', () => {
  it('is the day that it is there, not the day in UTC', () => {
    expect(factsOf(boston, '2026-01-06T04:59:59Z')).toEqual({ isRegistered: true, today: '2026-01-05' });
    expect(factsOf(boston, '2026-01-06T05:00:00Z')).toEqual({ isRegistered: true, today: '2026-01-06' });
  });
  it('is whether it is registered', () =>
    expect(factsOf(agency.initial, '2026-01-06T04:59:59Z')).toEqual({ isRegistered: false, today: '2026-01-06' }));
});
