import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@app/kernel';
import * as jose from 'jose';
import { localKeys } from './local-keys.js';
import { Tokens } from './tokens.js';

jest.mock('jose', () => {
  const actual = jest.requireActual<typeof jose>('jose');
  return { ...actual, jwtVerify: jest.fn(actual.jwtVerify) };
});

const folder = mkdtempSync(join(tmpdir(), 'tokens-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a token that was checked', () => {
  const clock = new FixedClock(new Date('2026-01-05T09:00:00Z'));
  const after = (seconds: number): void => void (clock.instant = new Date(Date.UTC(2026, 0, 5, 9, 0, seconds)));
  const checks = () => jest.mocked(jose.jwtVerify).mock.calls.length;
  let tokens: Tokens;
  let bearer: string;
  beforeEach(async () => {
    tokens = new Tokens({ audience: 'civic-ledger', local: await localKeys(folder) }, clock);
    after(0);
    bearer = `Bearer ${(await tokens.issue('somebody', 90)).token}`;
  });

  it('is not checked again for a minute', async () => {
    const before = checks();
    const person = await tokens.person(bearer);
    after(59);
    expect(await tokens.person(bearer)).toBe(person);
    expect(checks()).toBe(before + 1);
    after(60);
    expect(await tokens.person(bearer)).toBe(person);
    expect(checks()).toBe(before + 2);
  });
  it('is refused as soon as it has expired', async () => {
    after(60);
    await tokens.person(bearer);
    after(94);
    await tokens.person(bearer);
    after(95);
    await expect(tokens.person(bearer)).rejects.toThrow('expired');
  });
  it('lets no other token pass, however alike', async () => {
    await tokens.person(bearer);
    const [head, payload, signature] = bearer.split('.') as [string, string, string];
    const forged = `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    await expect(tokens.person(forged)).rejects.toThrow('not valid');
  });
});
