import type { AggregateReader } from '@app/event-store';
import { livingWageProposed } from '../statement/statement.examples.js';
import { statements } from '../statement/statement.state.js';
import { VotingTerms } from './voting-terms.js';

const known = statements.evolve(statements.initial, livingWageProposed);
let loads: number;
const reader: AggregateReader = {
  load: async ({ initial, category }) => {
    loads += 1;
    return { state: category === 'statements' ? (known as unknown as typeof initial) : initial, revision: 0n };
  },
};
const at = (milliseconds: number) => jest.spyOn(performance, 'now').mockReturnValue(milliseconds);

beforeEach(() => (loads = 0));
afterEach(() => jest.restoreAllMocks());

describe('what the votes of an upload are held against', () => {
  it('is the consultation and the statement, if there is such a one', async () => {
    const terms = new VotingTerms(reader, 'seattle', 'wage');
    await terms.load();
    expect(terms.of('living-wage').statement?.verdict).toBe('pending');
    expect(terms.of('unheard-of')).toEqual({ consultation: expect.objectContaining({ isKnown: false }) });
  });
  it('is loaded once for all who ask, who go on in the order in which they came', async () => {
    const terms = new VotingTerms(reader, 'seattle', 'wage');
    const order: number[] = [];
    const ask = async (number: number): Promise<void> => {
      if (!terms.areFresh) await terms.load();
      order.push(number);
    };
    const first = [ask(1), ask(2)];
    await terms.load();
    await Promise.all([...first, ask(3)]);
    expect([loads, order]).toEqual([2, [1, 2, 3]]);
  });
  it('is loaded again after a quarter of a second', async () => {
    at(1_000);
    const terms = new VotingTerms(reader, 'seattle', 'wage');
    await terms.load();
    await new Promise(setImmediate);
    at(1_249);
    expect(terms.areFresh).toBe(true);
    at(1_250);
    expect(terms.areFresh).toBe(false);
  });
  it('is asked for again where it could not be loaded', async () => {
    const failing = new VotingTerms({ load: () => Promise.reject(new Error('no store')) }, 'seattle', 'wage');
    await expect(failing.load()).rejects.toThrow('no store');
    await new Promise(setImmediate);
    expect(failing.areFresh).toBe(false);
    await expect(failing.load()).rejects.toThrow('no store');
  });
});
