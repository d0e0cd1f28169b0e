import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { rowMapper } from './map-row.js';
import { loadProfile, parseProfile, profileSchema, type ReadingsProfile } from './profile.js';

const shipped = resolve('profiles');
const common = {
  name: 'example',
  title: 'Example',
  source: 'a specification',
  licence: 'none',
  agency: 'boston',
  indicator: 'answered',
};
const ratio = {
  ...common,
  kind: 'ratio',
  columns: { id: ['year', 'standard'], period: 'start', numerator: 'met', denominator: 'total' },
  period: { cycle: 'year', format: 'yyyy-MM-dd' },
};

describe('a profile', () => {
  it('says every mistake with its pointer', () => {
    const mistaken = {
      ...common,
      agency: 'City of Boston',
      colour: 'blue',
      kind: 'case',
      columns: { id: 'id', strat: 'open' },
      timeZone: 'Mars/Olympus',
      timeFormat: 'yyyy',
      setup: { agency: { name: '', timeZone: 'UTC' } },
    };
    let message = '';
    try {
      parseProfile(mistaken, 'mistaken.json');
    } catch (error) {
      expect(error).toBeInstanceOf(CommandFailure);
      expect((error as CommandFailure).exitCode).toBe(exitCodes.usage);
      message = (error as Error).message;
    }
    const pointers = [...message.matchAll(/^ {2}(\/\S+):/gm)].map(([, pointer]) => pointer);
    expect(pointers.sort()).toEqual([
      '/agency',
      '/colour',
      '/columns/start',
      '/columns/strat',
      '/setup/agency/name',
      '/timeFormat',
      '/timeZone',
    ]);
  });
  it('has one of three kinds', () =>
    expect(() => parseProfile({ ...common, kind: 'score' }, 'p')).toThrow(/\/kind: .*/));
  it('is found by name, and the shipped names are said when it is not', () => {
    expect(loadProfile('boston-311', shipped).kind).toBe('case');
    expect(() => loadProfile('atlantis', shipped)).toThrow(
      /There is no profile atlantis .*Shipped profiles: .*boston-311/,
    );
  });
  it('is found by path; a file that is not JSON is said so', () => {
    const folder = mkdtempSync(join(tmpdir(), 'profile-'));
    writeFileSync(join(folder, 'mine.json'), '{"name":');
    expect(() => loadProfile(join(folder, 'mine.json'), shipped)).toThrow(/is not JSON/);
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(ratio));
    expect(loadProfile(join(folder, 'mine.json'), shipped).name).toBe('example');
    rmSync(folder, { recursive: true });
  });
  it('is valid wherever it is shipped, and named as its file', () => {
    const names = readdirSync(shipped).filter((name) => /(?<!\.schema)\.json$/.test(name));
    expect(names.map((name) => `${loadProfile(join(shipped, name), shipped).name}.json`)).toEqual(names);
  });
  it('has a JSON Schema for editors that is the one the importer checks', () => {
    const schema = z.toJSONSchema(profileSchema, { io: 'input', unrepresentable: 'any' });
    const file = join(shipped, 'profile.schema.json');
    if (process.env['UPDATE_PROFILE_SCHEMA']) writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});

const readingsIn = (json: unknown, where: string): ReadingsProfile => parseProfile(json, where) as ReadingsProfile;

describe('a row', () => {
  it('of kind ratio is a reading of the period that its date falls in', () => {
    const map = rowMapper(readingsIn(ratio, 'ratio'), ['standard', 'year', 'start', 'met', 'total'], 'f.csv');
    const mapped = map(['S-1', '2018-19', '2018-04-01', '012.50', '+30']);
    expect(JSON.parse('json' in mapped ? mapped.json : '{}')).toEqual({
      id: '2018-19/S-1',
      kind: 'ratio',
      period: '2018',
      numerator: '12.50',
      denominator: '30',
      dimensions: {},
    });
  });
  it('of kind value may write its decimals with a comma and name its period', () => {
    const profile = readingsIn(
      {
        ...common,
        kind: 'value',
        columns: { id: 'id', period: 'quarter', value: 'score' },
        period: { cycle: 'quarter' },
        decimalMark: ',',
        delimiter: ';',
      },
      'value',
    );
    const map = rowMapper(profile, ['id', 'quarter', 'score'], 'f.csv');
    expect(map(['1', '2011-Q3', '-,5'])).toEqual({ id: '1', json: expect.stringContaining('"value":"-0.5"') });
    expect(map(['1', '2011-07', '1'])).toMatchObject({
      fault: { field: 'quarter', reason: expect.stringContaining('month') },
    });
    expect(map(['1', '2011-Q3', '1e5'])).toMatchObject({ fault: { field: 'score' } });
    expect(map(['1', '', '1'])).toMatchObject({ fault: { field: 'quarter', reason: 'quarter is blank.' } });
    expect(map(['', '2011-Q3', '1'])).toMatchObject({ fault: { field: 'id' } });
  });
  it('without a number has no volume, and without a target promises nothing', () => {
    const profile = readingsIn({ ...ratio, columns: { ...ratio.columns, target: 'target' } }, 'ratio');
    const map = rowMapper(profile, ['standard', 'year', 'start', 'met', 'total', 'target'], 'f.csv');
    const mapped = map(['S-1', '2018-19', '2018-04-01', '', '', '']);
    expect(JSON.parse('json' in mapped ? mapped.json : '{}')).toEqual({
      id: '2018-19/S-1',
      kind: 'ratio',
      period: '2018',
      dimensions: {},
    });
  });
  it('may have its target as a share, which becomes a percent exactly', () => {
    const columns = { ...ratio.columns, target: 'target' };
    const profile = readingsIn({ ...ratio, columns, targetUnit: 'share' }, 'ratio');
    const map = rowMapper(profile, ['standard', 'year', 'start', 'met', 'total', 'target'], 'f.csv');
    expect(map(['S-1', '2018-19', '2018-04-01', '1', '2', '0.07'])).toMatchObject({
      json: expect.stringContaining('"target":"7"'),
    });
  });
  it('falls in the fiscal year that its date says', () => {
    const period = { cycle: 'fiscal-year', format: 'yyyy-MM-dd', fiscalYearStart: 4 };
    const map = rowMapper(
      readingsIn({ ...ratio, period }, 'r'),
      ['standard', 'year', 'start', 'met', 'total'],
      'f.csv',
    );
    const periods = ['2018-04-01', '2019-03-31', '2019-04-01'].map((day) => map(['S', 'Y', day, '1', '2']));
    expect(periods.map((mapped) => /"period":"([^"]*)"/.exec('json' in mapped ? mapped.json : '')?.[1])).toEqual([
      'FY2018-19',
      'FY2018-19',
      'FY2019-20',
    ]);
  });
  it('is left out when it has another text than the profile asks for', () => {
    const profile = readingsIn({ ...ratio, only: { logic: ['ratio'] } }, 'ratio');
    const map = rowMapper(profile, ['standard', 'year', 'start', 'met', 'total', 'logic'], 'f.csv');
    expect(map(['S', 'Y', '2018-04-01', '1', '2', 'median'])).toEqual({ leftOut: true });
    expect(map(['S', 'Y', '2018-04-01', '1', '2', 'ratio'])).toMatchObject({ id: 'Y/S' });
    expect(() => rowMapper(profile, ['standard', 'year', 'start', 'met', 'total'], 'f.csv')).toThrow(
      /'logic' \(profile \/only\/logic\) is not in the header/,
    );
  });
});
