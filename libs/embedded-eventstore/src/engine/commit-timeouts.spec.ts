import { CommitTimeoutError, CommitTimeouts } from './commit-timeouts.js';

describe('Commit time-outs', () => {
  let timeouts: CommitTimeouts;
  beforeEach(() => {
    jest.useFakeTimers();
    timeouts = new CommitTimeouts(250);
  });
  afterEach(() => {
    timeouts.stop();
    jest.useRealTimers();
  });

  it('given two that wait, when the first has waited long enough, then it alone is told so', () => {
    const [first, second] = [jest.fn(), jest.fn()];
    timeouts.inTime(first);
    jest.advanceTimersByTime(200);
    timeouts.inTime(second);
    jest.advanceTimersByTime(100);
    expect(first).toHaveBeenCalledWith(expect.any(CommitTimeoutError));
    expect(second).not.toHaveBeenCalled();
  });

  it('given one that was told of its commit, when the time has passed, then it is not told again', () => {
    const told = jest.fn();
    timeouts.inTime(told)(undefined);
    jest.advanceTimersByTime(1000);
    expect(told.mock.calls).toEqual([[undefined]]);
  });

  it('given one that timed out, when its commit comes after all, then it is not told again', () => {
    const told = jest.fn();
    const commit = timeouts.inTime(told);
    jest.advanceTimersByTime(1000);
    commit(undefined);
    expect(told).toHaveBeenCalledTimes(1);
  });
});
