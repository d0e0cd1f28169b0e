import { RunningLedger } from './running-ledger.js';

const agency = '/v1/agencies/boston';
const water = `${agency}/services/water-supply`;
const informal = `${water}/client-groups/informal-settlement`;
const office = `${agency}/calendars/office`;
let ledger: RunningLedger;

const http = () => ledger.http();
const bearer = (name: string) => ledger.bearer(name);
const refusal = async (name: string, path: string, body: object, status: number) => {
  const reply = await ledger.post(name, path, body, status);
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
  const { body: rule } = await http().get(reply.body.type).expect(200);
  expect(rule).toMatchObject({ title: reply.body.title, status });
  return { rule: rule.rule as string, pointers: reply.body.errors.map(({ pointer }: { pointer: string }) => pointer) };
};
const nothingNew = async (name: string, path: string, body: object) =>
  expect((await ledger.post(name, path, body, 200)).body.eventIds).toEqual([]);

beforeAll(async () => {
  ledger = await RunningLedger.start();
  await ledger.signIn('administrator', 'administrator');
  await ledger.signIn('owner', 'service-owner');
  await ledger.signIn('analyst', 'analyst');
  await ledger.signIn('council', 'oversight');
  await ledger.post(
    'administrator',
    '/v1/agencies',
    { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' },
    201,
  );
});
afterAll(() => ledger.close());

describe('districts', () => {
  const districts = [
    { id: 'allston', name: 'Allston', alsoKnownAs: ['Allston / Brighton'] },
    ...Array.from({ length: 24 }, (_, at) => ({ id: `ward-${at}`, name: `Ward ${at}` })),
  ];

  it('are added all at once, and again without effect', async () => {
    const { body, headers } = await ledger.post('administrator', `${agency}/districts`, { districts }, 201);
    expect(body).toMatchObject({ id: 'boston', revision: '24', eventIds: { length: 25 } });
    expect(headers['location']).toBe(`${agency}/districts`);
    await nothingNew('administrator', `${agency}/districts`, { districts });
  });
  it('are added all or none', async () => {
    const taken = {
      districts: [
        { id: 'roxbury', name: 'Roxbury' },
        { id: 'other', name: 'ALLSTON/Brighton' },
      ],
    };
    expect(await refusal('administrator', `${agency}/districts`, taken, 422)).toEqual({
      rule: 'district/a-district-name-is-free',
      pointers: ['/districts/1/name'],
    });
    await ledger.read(`${agency}/districts/roxbury`, undefined, 404);
  });
  it.each([
    [{}, ['/districts']],
    [{ districts: [] }, ['/districts']],
    [{ districts: [{ id: 'No Slug', name: '' }] }, ['/districts/0/id', '/districts/0/name']],
    [{ districts: [{ id: 'a', name: 'A', ward: 7 }] }, ['/districts/0/ward']],
  ])('sent as %j are refused at the field', async (body, pointers) =>
    expect(await refusal('administrator', `${agency}/districts`, body, 400)).toEqual({
      rule: 'http/invalid-fields',
      pointers,
    }),
  );
  it('belong to an agency that is there', async () =>
    expect(await refusal('administrator', '/v1/agencies/salem/districts', { districts }, 404)).toMatchObject({
      rule: 'district/a-district-belongs-to-a-registered-agency',
    }));
  it('are registered by an administrator only', async () => {
    expect((await refusal('owner', `${agency}/districts`, { districts }, 403)).rule).toBe('http/forbidden');
    await http().post(`${agency}/districts`).send({ districts }).expect(401);
  });
  it('are renamed, spelled otherwise and retired, and the past stays readable', async () => {
    const ward = `${agency}/districts/ward-3`;
    await ledger.post('administrator', `${ward}/name`, { name: 'Harbor', reason: 'Order 2026/3' }, 200);
    await ledger.post('administrator', `${ward}/aliases`, { aliases: ['HARBOR'] }, 200);
    await ledger.post('administrator', `${ward}/retirement`, { reason: 'Merged' }, 200);
    await nothingNew('administrator', `${ward}/retirement`, { reason: 'Merged' });
    expect(await ledger.read(ward)).toEqual({
      id: 'ward-3',
      name: 'Harbor',
      alsoKnownAs: ['Ward 3', 'HARBOR'],
      retired: 'Merged',
    });
    expect(await ledger.read(`${ward}?asOf=24`)).toMatchObject({ name: 'Ward 3', alsoKnownAs: [], retired: null });
    expect(await ledger.read(`${agency}/districts?asOf=0`)).toMatchObject({
      revision: '0',
      districts: [{ id: 'allston' }],
    });
    expect((await refusal('administrator', `${ward}/name`, { name: 'Port', reason: 'Why not' }, 409)).rule).toBe(
      'district/a-retired-district-is-not-changed',
    );
  });
  it('are changed at the revision that was read', async () => {
    const { revision } = await ledger.read(`${agency}/districts`);
    const alias = (ifMatch: string) =>
      http()
        .post(`${agency}/districts/ward-4/aliases`)
        .set({ ...bearer('administrator'), 'if-match': ifMatch })
        .send({ aliases: ['WARD 4'] });
    expect((await alias('"0"')).status).toBe(412);
    expect((await alias(`"${revision}"`)).status).toBe(200);
  });
});

describe('departments', () => {
  const works = { id: 'public-works', name: 'Public Works' };
  const streets = { id: 'street-cleaning', name: 'Street Cleaning', parent: 'public-works' };

  it('are registered, one as part of another', async () => {
    expect((await refusal('administrator', `${agency}/departments`, streets, 422)).pointers).toEqual(['/parent']);
    const { headers } = await ledger.post('administrator', `${agency}/departments`, works, 201);
    expect(headers['location']).toBe(`${agency}/departments/public-works`);
    await ledger.post('administrator', `${agency}/departments`, streets, 201);
    await nothingNew('administrator', `${agency}/departments`, streets);
    expect(await ledger.read(`${agency}/departments`)).toMatchObject({
      revision: '1',
      departments: [{ ...works, parent: null, retired: null }, streets],
    });
  });
  it('are retired after their parts', async () => {
    const retirement = `${agency}/departments/public-works/retirement`;
    expect((await refusal('administrator', retirement, { reason: 'Divided' }, 409)).rule).toBe(
      'department/a-department-is-retired-after-its-parts',
    );
    await ledger.post('administrator', `${agency}/departments/street-cleaning/retirement`, { reason: 'Sold' }, 200);
    expect(await ledger.read(`${agency}/departments/street-cleaning`)).toMatchObject({ retired: 'Sold' });
    expect(await ledger.read(`${agency}/departments/street-cleaning?asOf=1`)).toMatchObject({ retired: null });
  });
});

describe('services', () => {
  const described = (id: string) => ({
    id,
    name: `Service ${id}`,
    type: 'infrastructure',
    scope: 'external',
    channels: ['telephone', 'online'],
    feeBearing: true,
    department: 'public-works',
    owner: ledger.person('owner'),
  });
  const group = {
    id: 'informal-settlement',
    name: '=Informal',
    kind: 'households',
    populationSize: 12_000,
    asOf: '2025-06-30',
    source: 'Census 2025',
    districts: ['allston'],
    actualOrPotential: 'potential',
  };

  it('are registered with an owner, in a department that stands', async () => {
    const { department: _, ...elsewhere } = described('water-supply');
    const sold = { ...elsewhere, department: 'street-cleaning' };
    expect((await refusal('administrator', `${agency}/services`, sold, 422)).pointers).toEqual(['/department']);
    const nobody = { ...elsewhere, owner: 'The mayor' };
    expect((await refusal('administrator', `${agency}/services`, nobody, 400)).pointers).toEqual(['/owner']);
    await ledger.post('administrator', `${agency}/services`, described('water-supply'), 201);
    await nothingNew('administrator', `${agency}/services`, described('water-supply'));
    for (const id of ['lighting', 'parking', 'permits'])
      await ledger.post('administrator', `${agency}/services`, { ...elsewhere, id, type: 'regulatory' }, 201);
    const other = { ...described('water-supply'), name: 'Water' };
    expect((await refusal('administrator', `${agency}/services`, other, 409)).rule).toBe(
      'service/a-service-is-registered-once',
    );
  });
  it('know their client groups, by a sourced population in districts that stand', async () => {
    const absent = { ...group, districts: ['ward-3'] };
    expect((await refusal('owner', `${water}/client-groups`, absent, 422)).pointers).toEqual(['/districts']);
    const nobody = { ...group, populationSize: 0 };
    expect((await refusal('owner', `${water}/client-groups`, nobody, 400)).pointers).toEqual(['/populationSize']);
    const future = { ...group, asOf: '2999-01-01' };
    expect((await refusal('owner', `${water}/client-groups`, future, 422)).pointers).toEqual(['/asOf']);
    await ledger.post('owner', `${water}/client-groups`, group, 201);
    await nothingNew('owner', `${water}/client-groups`, group);
    const survey = { populationSize: 13_250, asOf: '2025-12-31', source: 'Household survey 2025' };
    await ledger.post('owner', `${informal}/population`, survey, 200);
    expect((await refusal('owner', `${informal}/population`, { ...survey, asOf: '2025-01-01' }, 409)).rule).toBe(
      'service/a-population-is-revised-forward',
    );
    expect((await refusal('analyst', `${informal}/population`, survey, 403)).rule).toBe('http/forbidden');
  });
  it('record what keeps a group away, and how it was removed', async () => {
    const barrier = { id: 'distance', barrier: 'The nearest office is 14 km away', severity: 'high' };
    await ledger.post('owner', `${informal}/barriers`, barrier, 201);
    await ledger.post('owner', `${informal}/barriers`, { ...barrier, id: 'hours', severity: 'low' }, 201);
    await ledger.post('owner', `${informal}/barriers/distance/removal`, { how: 'A mobile office comes weekly' }, 200);
    expect((await refusal('owner', `${informal}/barriers/cost/removal`, { how: 'Fee waived' }, 404)).rule).toBe(
      'service/a-barrier-is-recorded-first',
    );
    expect((await ledger.read(`${agency}/client-groups`)).rows).toMatchObject([
      { group: 'informal-settlement', populationSize: 13_250, openBarriers: [{ barrierId: 'hours' }] },
    ]);
  });
  it('are reviewed, handed over, suspended, resumed and retired', async () => {
    await ledger.post('owner', `${water}/reviews`, { on: '2025-12-01', findings: 'Leaks take 9 days' }, 201);
    await ledger.post('administrator', `${water}/owner`, { person: ledger.person('council'), from: '2026-02-01' }, 200);
    await ledger.post('administrator', `${water}/suspension`, { reason: 'Repair' }, 200);
    expect((await refusal('administrator', `${water}/suspension`, { reason: 'Drought' }, 409)).pointers).toEqual([
      '/reason',
    ]);
    await ledger.post('administrator', `${water}/resumption`, { reason: 'Repaired' }, 200);
    await ledger.post('administrator', `${agency}/services/parking/retirement`, { reason: 'Sold' }, 200);
    expect((await refusal('administrator', `${agency}/services/none/retirement`, { reason: 'Sold' }, 404)).rule).toBe(
      'service/a-service-is-registered-first',
    );
  });
  it('are read by everybody, their owners by those with a role, and both as they were', async () => {
    const now = await ledger.read(water);
    expect(now).toMatchObject({
      service: 'water-supply',
      state: { status: 'active', reviews: [{ on: '2025-12-01' }] },
    });
    expect(JSON.stringify(now)).not.toContain(ledger.person('owner'));
    expect(await ledger.read(`${water}?asOf=0`)).toMatchObject({ revision: '0', state: { clientGroups: [] } });
    expect((await ledger.read(`${water}/owners`, 'analyst')).owners).toEqual([
      { person: ledger.person('owner') },
      { person: ledger.person('council'), from: '2026-02-01' },
    ]);
    expect((await ledger.read(`${water}/owners?asOf=0`, 'analyst')).owners).toHaveLength(1);
    await http().get(`${water}/owners`).expect(401);
  });
  it('are listed by page, by filter and as a file', async () => {
    const ids = ({ rows }: { rows: { service: string }[] }) => rows.map(({ service }) => service);
    const first = await ledger.read(`${agency}/services?limit=3`);
    const second = await ledger.read(`${agency}/services?limit=3&cursor=${first.next}`);
    expect([ids(first), ids(second), second.next]).toEqual([
      ['lighting', 'parking', 'permits'],
      ['water-supply'],
      undefined,
    ]);
    expect(ids(await ledger.read(`${agency}/services?status=retired`))).toEqual(['parking']);
    expect(ids(await ledger.read(`${agency}/services?type=regulatory&status=active`))).toEqual(['lighting', 'permits']);
    expect(ids(await ledger.read(`${agency}/services?department=public-works`))).toEqual(['water-supply']);
    expect((await ledger.read(`${agency}/services?owner=me`, undefined, 400)).errors[0].pointer).toBe('?owner');
    const csv = await http().get(`${agency}/services`).set('accept', 'text/csv').expect(200);
    expect(csv.text.split('\n')[4]).toMatch(
      /^water-supply,Service water-supply,infrastructure,external,active,public-works,telephone online,true,1,1,2025-12-01,9,/,
    );
    const [row] = (await ledger.read(`${agency}/services?department=public-works`)).rows;
    await http()
      .post(`${water}/reviews`)
      .set({ ...bearer('owner'), 'if-match': `"${row.revision}"` })
      .send({ on: '2025-12-15', findings: 'Leaks take 4 days' })
      .expect(201);
  });
  it('list their client groups by service, kind, use and district', async () => {
    const count = async (query: string) => (await ledger.read(`${agency}/client-groups?${query}`)).rows.length;
    expect(await count('service=water-supply&kind=households&actualOrPotential=potential&district=allston')).toBe(1);
    for (const query of ['service=lighting', 'kind=businesses', 'actualOrPotential=actual', 'district=ward-1'])
      expect(await count(query)).toBe(0);
    const csv = await http().get(`${agency}/client-groups`).set('accept', 'text/csv').expect(200);
    expect(csv.text).toContain("'=Informal,households,potential,13250,2025-12-31,Household survey 2025,allston,");
    const lines = await http()
      .get(`${agency}/client-groups`)
      .set('accept', 'application/x-ndjson')
      .buffer()
      .expect(200);
    expect(
      lines.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).group),
    ).toEqual(['informal-settlement']);
  });
});

describe('business calendars', () => {
  const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
  const weeklyHours = weekdays.map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));
  const calendar = { id: 'office', name: 'Office hours', timeZone: 'America/New_York', weeklyHours };
  const monday = '2026-01-16T16:00:00-05:00';
  const tuesday = '2026-01-20T10:00:00-05:00';
  const workingTime = `${office}/working-time?from=${monday}&to=${tuesday}`;

  it('are defined with hours that do not overlap', async () => {
    const overlapping = [...weeklyHours, { weekday: 'monday', from: '16:00', to: '18:00' }];
    expect(
      await refusal('administrator', `${agency}/calendars`, { ...calendar, weeklyHours: overlapping }, 422),
    ).toEqual({ rule: 'calendar/working-hours-do-not-overlap', pointers: ['/weeklyHours'] });
    const noDay = [{ weekday: 'Montag', from: '16:00', to: '18:00' }];
    expect(
      (await refusal('administrator', `${agency}/calendars`, { ...calendar, weeklyHours: noDay }, 400)).pointers,
    ).toEqual(['/weeklyHours/0/weekday']);
    await ledger.post('administrator', `${agency}/calendars`, calendar, 201);
    await nothingNew('administrator', `${agency}/calendars`, calendar);
  });
  it('say how much working time lies between two moments, and when so many working days are over', async () => {
    expect(await ledger.read(workingTime)).toMatchObject({ workingSeconds: 10 * 3600 });
    const holidays = [{ date: '2026-01-19', name: 'Martin Luther King Day' }];
    await ledger.post('administrator', `${office}/holidays`, { holidays }, 201);
    await nothingNew('administrator', `${office}/holidays`, { holidays });
    expect(await ledger.read(workingTime)).toMatchObject({ workingSeconds: 2 * 3600 });
    expect(await ledger.read(`${workingTime}&asOf=0`)).toMatchObject({ workingSeconds: 10 * 3600 });
    expect(await ledger.read(`${office}/working-days?from=2026-01-16&days=1`)).toEqual({
      from: '2026-01-16',
      days: 1,
      date: '2026-01-20',
      fromIsWorkingDay: true,
    });
    const backwards = await ledger.read(`${office}/working-time?from=${tuesday}&to=${monday}`, undefined, 400);
    expect(backwards.errors[0].pointer).toBe('?to');
    await ledger.read(`${office}/working-time?from=2026-01-16T16:00:00&to=${tuesday}`, undefined, 400);
  });
  it('change from a day on, and take a holiday back', async () => {
    const shorter = weeklyHours.map((hours) => ({ ...hours, to: '16:00' }));
    const change = { effectiveFrom: '2026-03-02', weeklyHours: shorter };
    await ledger.post('administrator', `${office}/working-hours`, change, 200);
    await nothingNew('administrator', `${office}/working-hours`, change);
    const earlier = { effectiveFrom: '2026-02-02', weeklyHours };
    expect((await refusal('administrator', `${office}/working-hours`, earlier, 409)).pointers).toEqual([
      '/effectiveFrom',
    ]);
    const revocation = { reason: 'Council order 2026/7' };
    await ledger.post('administrator', `${office}/holidays/2026-01-19/revocation`, revocation, 200);
    await nothingNew('administrator', `${office}/holidays/2026-01-19/revocation`, revocation);
    expect((await refusal('administrator', `${office}/holidays/2026-01-20/revocation`, revocation, 409)).rule).toBe(
      'calendar/a-holiday-that-is-revoked-was-declared',
    );
    expect(await ledger.read(office)).toMatchObject({
      revision: '3',
      hours: [{ effectiveFrom: null }, { effectiveFrom: '2026-03-02', weeklyHours: shorter }],
      holidays: [],
    });
    expect(await ledger.read(`${office}?asOf=1`)).toMatchObject({ holidays: [{ date: '2026-01-19' }] });
  });
  it('are listed', async () =>
    expect((await ledger.read(`${agency}/calendars`)).rows).toMatchObject([
      { calendar: 'office', name: 'Office hours', revision: '3' },
    ]));
});

describe('roles', () => {
  it('are held on a basis, by somebody, and the past tells who held them', async () => {
    const clerk = await ledger.signIn('clerk', 'verifier');
    const grant = `${agency}/grants/${clerk.person}`;
    await ledger.post('administrator', grant, { role: 'data-capturer', basis: 'Appointment 2026/14' }, 200);
    const revocation = { role: 'verifier', basis: 'One person does not do both' };
    await ledger.post('administrator', `${grant}/revocation`, revocation, 200);
    await nothingNew('administrator', `${grant}/revocation`, revocation);
    expect(await ledger.read(grant, 'council')).toEqual({
      person: clerk.person,
      agency: 'boston',
      revision: '2',
      roles: [{ role: 'data-capturer', basis: 'Appointment 2026/14', by: ledger.person('administrator') }],
      revoked: [revocation],
    });
    expect((await ledger.read(`${grant}?asOf=0`, 'council')).roles).toMatchObject([{ role: 'verifier', by: 'system' }]);
    await ledger.read(grant, 'owner', 403);
    await ledger.read(`/v1/grants/${clerk.person}`, 'council', 404);
    await ledger.read('/v1/grants/clerk', 'council', 404);
    expect((await ledger.read(`/v1/grants/${ledger.person('council')}`, 'council')).roles).toMatchObject([
      { role: 'oversight', basis: 'local issuer bootstrap' },
    ]);
  });
  it('are listed with their holders, in one agency and in all', async () => {
    const { rows } = await ledger.read(`${agency}/grants?role=data-capturer`, 'council');
    expect(rows).toMatchObject([
      { person: ledger.person('clerk'), role: 'data-capturer', basis: 'Appointment 2026/14', revision: '2' },
    ]);
    expect((await ledger.read(`${agency}/grants?role=verifier`, 'council')).rows).toEqual([]);
    const first = await ledger.read(`${agency}/grants?limit=2`, 'administrator');
    const second = await ledger.read(`${agency}/grants?limit=2&cursor=${first.next}`, 'administrator');
    const persons = [...first.rows, ...second.rows].map(({ person }: { person: string }) => person);
    expect(persons.sort()).toEqual(['owner', 'analyst', 'clerk'].map((name) => ledger.person(name)).sort());
    expect((await ledger.read('/v1/grants', 'council')).rows).toHaveLength(2);
    await ledger.read(`${agency}/grants`, 'analyst', 403);
    await ledger.read('/v1/grants', 'clerk', 403);
  });
  it('that were revoked open no door, and asking for a token does not bring them back', async () => {
    const guest = await ledger.signIn('guest', 'service-owner');
    const review = { on: '2025-11-01', findings: 'Guests see well' };
    await ledger.post('guest', `${agency}/services/lighting/reviews`, review, 201);
    const revocation = { role: 'service-owner', basis: 'Left' };
    await ledger.post('administrator', `${agency}/grants/${guest.person}/revocation`, revocation, 200);
    await refusal('guest', `${agency}/services/lighting/reviews`, review, 403);
    const { status, body } = await http()
      .post('/v1/tokens')
      .set('authorization', `Bearer ${ledger.keys.operatorSecret}`)
      .send({ role: 'service-owner', subject: 'guest', agency: 'boston' });
    expect([status, body.type]).toEqual([409, '/v1/problems/grant/asking-for-a-token-undoes-no-revocation']);
  });
});
