import { CallerQuota, callerAddress } from './caller-quota.js';

const at = (time: string): Date => new Date(`2026-01-05T${time}Z`);

describe('the quota of a caller', () => {
  it('is used up by so many requests, and begins anew with the next minute', () => {
    const quota = new CallerQuota();
    expect(quota.take('10.0.0.1', 2, at('09:00:00'))).toBe(true);
    expect(quota.take('10.0.0.1', 2, at('09:00:30'))).toBe(true);
    expect(quota.take('10.0.0.1', 2, at('09:00:59'))).toBe(false);
    expect(quota.take('10.0.0.1', 2, at('09:01:00'))).toBe(true);
  });
  it('is nobody else’s', () => {
    const quota = new CallerQuota();
    expect(quota.take('10.0.0.1', 1, at('09:00:00'))).toBe(true);
    expect(quota.take('10.0.0.2', 1, at('09:00:00'))).toBe(true);
  });
  it('is shared by the addresses of one household', () => {
    expect(callerAddress({ ip: '2001:db8:1:2:3:4:5:6' })).toBe(callerAddress({ ip: '2001:db8:1:2:9:9:9:9' }));
    expect(callerAddress({ ip: '192.0.2.7' })).toBe('192.0.2.7');
  });
});
