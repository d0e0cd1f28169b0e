import { indexVersusScan } from '../../spec-support/index-versus-scan.js';

describe('Index and scan', () => {
  test('agree on thousands of random collections, and so does a second, slow implementation', () => {
    const seen = indexVersusScan(5_000);
    expect(seen.matched).toBeGreaterThan(seen.questions * 2);
    expect(seen.byIndex).toBeGreaterThan(seen.questions / 5);
    expect(seen.inIndexOrder).toBeGreaterThan(seen.questions / 50);
    expect(seen.byPartialIndex).toBeGreaterThan(0);
  });
});
