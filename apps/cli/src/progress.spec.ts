import { lineProgress, pace } from './progress.js';

const now = { done: 25, total: 100, count: 1000 };
const telling = { progress: () => now, unit: 'rows', counts: () => '900 accepted' };

describe('progress', () => {
  it('is the share of the file, the rate and the time that remains', () =>
    expect(pace(now, 30)).toEqual({ percent: 25, rate: 33, remaining: '1m30s' }));
  it('is one line every ten seconds where nobody watches', () => {
    const lines: string[] = [];
    let seconds = 0;
    const display = lineProgress(
      telling,
      (text) => lines.push(text),
      () => seconds,
    );
    for (; seconds <= 25; seconds++) display.show(undefined);
    expect(lines).toEqual([
      '25 %, 900 accepted, 100 rows/s, about 30s left\n',
      '25 %, 900 accepted, 50 rows/s, about 1m00s left\n',
    ]);
  });
});
