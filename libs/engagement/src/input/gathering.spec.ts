import { Gathering } from './gathering.js';

describe('a gathering', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets those who come in time go on together, and later ones with the next', async () => {
    const gone: string[] = [];
    const gathering = new Gathering(15);
    const join = (name: string): void => void gathering.join().then(() => gone.push(name));
    join('first');
    await jest.advanceTimersByTimeAsync(14);
    join('second');
    expect(gone).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(gone).toEqual(['first', 'second']);
    join('third');
    await jest.advanceTimersByTimeAsync(14);
    expect(gone).toEqual(['first', 'second']);
    await jest.advanceTimersByTimeAsync(1);
    expect(gone).toEqual(['first', 'second', 'third']);
  });
});
