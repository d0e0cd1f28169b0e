import { GroupCommit } from './group-commit.js';

const turn = (): Promise<void> => new Promise(setImmediate);

async function turnsUntil(left: Promise<void>): Promise<number> {
  let hasLeft = false;
  void left.then(() => (hasLeft = true));
  let turns = 0;
  for (; !hasLeft; turns++) await turn();
  return turns;
}

describe('a group of commands', () => {
  it('takes in whoever comes within a few turns of the event loop', async () => {
    const group = new GroupCommit(() => 0);
    const first = group.next();
    await turn();
    await turn();
    expect(group.next()).toBe(first);
    await first;
    expect(group.next()).not.toBe(first);
  });

  it('leaves after five turns, whoever comes', async () => {
    const group = new GroupCommit(() => 0);
    expect(await turnsUntil(group.next())).toBe(5);
  });

  it('leaves sooner where a turn takes long', async () => {
    let now = 0;
    const group = new GroupCommit(() => now++ * 0.5);
    expect(await turnsUntil(group.next())).toBe(1);
  });
});
