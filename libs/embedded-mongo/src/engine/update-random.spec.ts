import { updateVersusSlow } from '../../spec-support/update-versus-slow.js';

test('random updates make of random documents what a second, slow implementation makes of them', () => {
  const { updates, changed, refused } = updateVersusSlow(3_000);
  expect(changed).toBeGreaterThan(updates / 6);
  for (const code of [2, 14, 28, 40]) expect(refused[code]).toBeGreaterThan(updates / 150);
});
