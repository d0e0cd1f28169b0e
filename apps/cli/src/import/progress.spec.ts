import { lineProgress, pace } from './progress.js';

const now = { accepted: 900, unchanged: 50, rejected: 50, rows: 1000, bytesRead: 25, bytesTotal: 100 };

describe('progress', () => {
  it('is the share of the file, the rate and the time that remains', () =>
    expect(pace(now, 30)).toEqual({ percent: 25, rate: 33, remaining: '1m30s' }));
  it('is one line every ten seconds where nobody watches', () => {
    const lines: string[] = [];
    let seconds = 0;
    const display = lineProgress(
      (text) => lines.push(text),
      () => seconds,
    );
    for (; seconds <= 25; seconds++) display.show(now);
    expect(lines).toEqual([
      '25 %, 900 accepted, 50 unchanged, 50 rejected, 100 rows/s, about 30s left\n',
      '25 %, 900 accepted, 50 unchanged, 50 rejected, 50 rows/s, about 1m00s left\n',
    ]);
  });
});
