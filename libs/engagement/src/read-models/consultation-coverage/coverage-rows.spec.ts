import {
  closedAdequate,
  formal,
  hall,
  informal,
  opened,
  planned,
  provided,
  unreachable,
  waived,
  website,
} from '../../consultation/consultation.examples.js';
import type { ConsultationEvent } from '../../consultation/consultation.events.js';
import { consultation, type KnownConsultation } from '../../consultation/consultation.state.js';
import { coverageAt, forThePublic, rowsOf, summaryOf, type CoverageRow, type Respondents } from './coverage-rows.js';

const after = (events: readonly ConsultationEvent[]): KnownConsultation =>
  events.reduce(consultation.evolve, consultation.initial) as KnownConsultation;
const rows = (
  events: readonly ConsultationEvent[],
  respondents?: Respondents,
  now = '2026-02-05T17:00:00+02:00',
): readonly CoverageRow[] => {
  const state = after(events);
  return rowsOf(state, coverageAt(state, now), respondents);
};
const people = (ofFormal: number, ofInformal: number): Respondents =>
  new Map([
    ['formal', ofFormal],
    ['informal', ofInformal],
  ]);

describe('a row of coverage', () => {
  it('has one cell for each channel in use', () =>
    expect(rows([planned, opened, provided(website), provided({ ...hall, accessibleFormats: [] })])).toMatchObject([
      {
        group: 'formal',
        population: 40_000,
        populationSource: 'Census 2022',
        standing: 'covered',
        channels: [
          { channel: 'online', opportunities: 1, reached: 25_000, accessibleFormats: ['large-print'], open: true },
        ],
      },
      {
        group: 'informal',
        standing: 'uncovered',
        channels: [{ channel: 'in-person', reached: 7_200, accessibleFormats: [], open: false }],
      },
    ]));
  it('stands at the moment that it is asked at while the consultation is open', () => {
    const events = [planned, opened, provided(website)];
    expect(rows(events, undefined, '2026-02-04T10:59:59+02:00')[0]).toMatchObject({ standing: 'uncovered' });
    expect(rows(events, undefined, '2026-02-04T11:00:00+02:00')[0]).toMatchObject({ standing: 'covered' });
  });
  it('has nothing before the consultation opens', () =>
    expect(rows([planned])).toMatchObject([{ standing: 'uncovered', reached: 0, channels: [] }, {}]));
  it('stands as it was closed from then on', () =>
    expect(summaryOf(after(closedAdequate), coverageAt(after(closedAdequate), '2030-01-01T00:00:00+02:00'))).toEqual({
      status: 'closed',
      requiredGroups: 2,
      settledGroups: 2,
      uncovered: [],
      waived: [],
      adequate: true,
    }));
  it('says why a group was not reached, and why it need not be', () =>
    expect(rows([planned, opened, { type: 'GroupUnreachableDeclared', data: unreachable }, waived])[1]).toMatchObject({
      standing: 'waived',
      unreachable: 'No road since the flood',
      waiver: 'The settlement was evacuated',
    }));
});

describe('figures of people', () => {
  const reached = [planned, opened, provided(website), provided(hall)];

  it('are respondents over reached, and share of the respondents over share of the population', () =>
    expect(rows(reached, people(250, 50))).toMatchObject([
      // 250 of 300 over 40,000 of 52,000; 50 of 300 over 12,000 of 52,000.
      { respondents: 250, responseRate: '0.01', representation: '1.0833', underrepresented: false },
      { respondents: 50, responseRate: '0.0069', representation: '0.7222', underrepresented: true },
    ]));
  it('flag a representation under 0.8, not one of 0.8', () => {
    // 12,000 of 52,000 are 3 of 13: 24 of 130 are exactly 0.8 of that.
    expect(rows(reached, people(106, 24))[1]).toMatchObject({ representation: '0.8', underrepresented: false });
    expect(rows(reached, people(107, 24))[1]).toMatchObject({ underrepresented: true });
  });
  it('have no rate where nobody was reached, and no index where nobody spoke', () =>
    expect(rows([planned, opened], people(0, 0))[0]).toMatchObject({
      respondents: 0,
      responseRate: null,
      representation: null,
      underrepresented: null,
    }));
  it('are not told to the public under ten, zero neither; others are rounded to five', () =>
    expect([...forThePublic(new Map([0, 9, 10, 12, 13, 998].map((count) => [`g${count}`, count])))]).toEqual([
      ['g10', 10],
      ['g12', 10],
      ['g13', 15],
      ['g998', 1_000],
    ]));
  it('leave the shares out where one of them is not told: they would tell it', () =>
    expect(rows(reached, forThePublic(people(250, 9)))).toMatchObject([
      { respondents: 250, responseRate: '0.01', representation: null, underrepresented: null },
      { respondents: null, responseRate: null, representation: null, underrepresented: null },
    ]));
  it('are those of the groups that the examples require', () =>
    expect([formal.population, informal.population]).toEqual([40_000, 12_000]));
});
