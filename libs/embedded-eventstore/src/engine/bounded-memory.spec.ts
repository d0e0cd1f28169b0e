import { bothAnswerAlike } from '../../spec-support/bounded-stores.js';

describe('A store whose memory is bounded', () => {
  it('given any history, when little is kept in memory, then it answers like a store that keeps much', () =>
    bothAnswerAlike(40));
});
