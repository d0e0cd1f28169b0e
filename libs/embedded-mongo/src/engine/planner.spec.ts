import { indexVersusScan } from '../../spec-support/index-versus-scan.js';

describe('Index and scan', () => {
  test('find the same documents in the same order, and so does a second, slow implementation', () => {
    const seen = indexVersusScan(30);
    expect(seen.matched).toBeGreaterThan(seen.questions * 2);
    expect(seen.byIndex).toBeGreaterThan(seen.questions / 5);
    expect(seen.inIndexOrder).toBeGreaterThan(seen.questions / 50);
    expect(seen.byPartialIndex).toBeGreaterThan(0);
  });
});
