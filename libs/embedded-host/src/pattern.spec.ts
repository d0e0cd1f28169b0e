import { compilePattern, PatternError } from './pattern.js';

describe('A pattern of a client', () => {
  it.each([
    ['^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$', '6f0c3a52-5a0f-5c7e-9d3b-7d1b6a0f2e11'],
    ['^.{1,1000}$', 'x'.repeat(1000)],
    ['^[]{1000}a]{3}\\{9999\\}$', ']{a{9999}'],
    ['^(?:[a-z-]{1,30}\\.){1,10}[a-z]{2,20}$', 'streets.boston.gov'],
  ])('%s is compiled and matches', (pattern, text) => {
    expect(compilePattern(pattern)(text)).toBe(true);
  });

  it.each([
    ['a{1000}'.repeat(500)],
    ['(a?b?c?d?e?f?g?h?i?j?k?){1000}'],
    ['(([ab]{100}){10}){10}'],
    ['a'.repeat(20_000)],
  ])('%.40s... is refused before it takes memory and time', (pattern) => {
    const before = process.cpuUsage();
    expect(() => compilePattern(pattern)).toThrow(PatternError);
    expect(process.cpuUsage(before).user).toBeLessThan(50_000);
  });

  it('with a look-ahead is refused in the words of RE2', () => {
    expect(() => compilePattern('a(?=b)')).toThrow(/invalid or unsupported Perl syntax/);
  });
});
