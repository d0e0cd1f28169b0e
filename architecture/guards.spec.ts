import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf, report } from './guard.js';
import { guards } from './guards.js';
import { readTree } from './source-tree.js';

const tree = readTree(join(__dirname, '..'));
const fixtures = join(__dirname, 'fixtures');

describe('the code keeps to its own rules', () => {
  it.each(guards)('$sentence', (guard) => expect(report(guard, guard.offences(tree))).toBe(''));
});

describe('every guard refuses its fixture, at the places that refused.txt names and at no other', () => {
  it.each(guards)('$id', (guard) => {
    const fixture = join(fixtures, guard.id);
    const refused = readFileSync(join(fixture, 'refused.txt'), 'utf8').trim().split('\n').sort();
    expect(placesOf(guard.offences(readTree(fixture)))).toEqual(refused);
  });
  it('and every fixture has its guard', () =>
    expect(readdirSync(fixtures).sort()).toEqual(guards.map(({ id }) => id).sort()));
});
