import { goalMapper, shortName } from './map-goal.js';
import type { GoalsProfile } from './goals-profile.js';
import { loadProfile } from './profile.js';

const profile = loadProfile('canada-departmental-results', 'profiles') as GoalsProfile;
const header = [
  ...['stable_id', 'doc', 'dept', 'org', 'level', 'subject', 'result', 'indicator'],
  ...['target_type', 'target_min', 'target_max', 'target_narrative', 'seeking_to'],
  ...['target_year', 'target_month', 'target_change', 'actual', 'status'],
];
const row: Readonly<Record<string, string>> = {
  stable_id: 'IN00156-2017',
  doc: 'drr17',
  dept: 'TBC',
  org: 'Treasury Board of Canada Secretariat',
  level: 'core_responsibility',
  subject: 'Administrative Leadership',
  result: 'Canadians have timely access to government information',
  indicator: '% of requests in time',
  target_type: 'percent',
  target_min: '80.00',
  target_max: '',
  target_narrative: '',
  seeking_to: 'UNKNOWN',
  target_year: '2018',
  target_month: '2',
  target_change: 'new_indicator',
  actual: '76%',
  status: 'not_met',
};
const map = goalMapper(profile, header, 'goals.csv');
const mapped = (changes: Readonly<Record<string, string>> = {}) =>
  map(header.map((name) => ({ ...row, ...changes })[name] ?? ''));

describe('a row of a published plan', () => {
  it('is a goal of a plan of an agency, with its result as it was published and as a reading', () =>
    expect(mapped()).toEqual({
      agency: 'treasury-board-secretariat',
      agencyName: 'Treasury Board of Canada Secretariat',
      publishedBy: 'Treasury Board of Canada Secretariat',
      plan: expect.objectContaining({ id: '2017-18', cycle: 1 }),
      goal: {
        goalId: 'in00156-2017',
        title: '% of requests in time',
        headings: [
          'core_responsibility',
          'Administrative Leadership',
          'Canadians have timely access to government information',
        ],
        indicatorId: 'in00156-2017',
        unit: 'percent',
        target: { kind: 'max', value: '80.00' },
        direction: 'higher-is-better',
        dueDate: '2018-02-28',
        changeNote: 'new_indicator',
        result: { reportedTo: '2018-04-30', actual: '76%', status: 'not-met' },
      },
      reading: { period: 'FY2017-18', value: '76' },
    }));

  it.each([
    ['at most', { target_min: '', target_max: '5.00' }, { kind: 'min', value: '5.00' }],
    ['a range', { target_max: '95.00' }, { kind: 'range', from: '80.00', to: '95.00' }],
    ['exactly', { target_max: '80.00' }, { kind: 'target', value: '80.00' }],
    [
      'words, whatever numbers stand beside them',
      { target_type: 'text', target_narrative: 'Green' },
      { kind: 'text', text: 'Green' },
    ],
    ['not determined, in words', { target_type: 'text', target_narrative: 'To be determined' }, undefined],
    ['not determined, without a number', { target_min: '' }, undefined],
  ])('has a target: %s', (_what, changes, target) => {
    const found = mapped(changes);
    expect('goal' in found && found.goal.target).toEqual(target);
  });

  it('has no reading where the result is in words, and none without a unit', () => {
    expect(mapped({ actual: 'Top 4 among OECD member countries.' })).not.toHaveProperty('reading');
    expect(mapped({ target_type: 'tbd' })).not.toHaveProperty('reading');
  });
  it('has no result where the plan has no report', () => {
    const found = mapped({ doc: 'dp18' });
    expect('goal' in found && found.goal).not.toHaveProperty('result');
  });

  it.each([
    ['dept', 'XYZ', 'import/a-text-is-one-that-the-profile-knows'],
    ['doc', 'dp20', 'import/a-text-is-one-that-the-profile-knows'],
    ['status', 'perhaps', 'import/a-text-is-one-that-the-profile-knows'],
    ['stable_id', '', 'import/a-required-field-is-not-blank'],
    ['indicator', '', 'import/a-required-field-is-not-blank'],
    ['target_min', '1e5', 'import/a-number-is-a-plain-decimal'],
    ['target_year', '18', 'import/a-due-date-is-a-year-and-a-month'],
    ['target_month', '13', 'import/a-due-date-is-a-year-and-a-month'],
  ])('is refused for %s %j', (field, text, rule) => {
    const found = mapped({ [field]: text });
    const at = field === 'target_month' ? 'target_year' : field;
    expect(found).toMatchObject({ fault: { field: at, rule } });
  });
  it('is refused when it has too few fields', () =>
    expect(map(['IN00156-2017', 'drr17'])).toMatchObject({
      fault: { id: 'IN00156-2017', rule: 'import/a-row-has-as-many-fields-as-the-header' },
    }));
  it('of another file stops the import with what is missing', () =>
    expect(() => goalMapper(profile, header.slice(1), 'goals.csv')).toThrow(/'stable_id' \(profile \/columns\/id\)/));
});

describe('the short name of an id', () => {
  it.each([
    ['DR-QUANT-292', 'dr-quant-292'],
    ['NI171/0001 (2017)', 'ni171-0001-2017'],
  ])('%s is %s', (id, name) => expect(shortName(id)).toBe(name));
});
