import type { BSON } from 'mongodb';
import { sent } from '../../spec-support/documents.js';
import { refusal } from '../../spec-support/updates.js';
import { checkStableApi } from '../engine/commands/stable-api.js';

const declare = (command: string, declared: BSON.Document): (() => void) => {
  const body = sent({ [command]: 'c', ...declared });
  return () => checkStableApi(command, body);
};

describe('MongoDB manual, "Stable API"', () => {
  test.each<readonly [command: string, declared: BSON.Document]>([
    ['distinct', {}],
    ['distinct', { apiVersion: '1' }],
    ['distinct', { apiVersion: '1', apiStrict: false }],
    ['find', { apiVersion: '1', apiStrict: true }],
    ['hello', { apiVersion: '1', apiStrict: true, apiDeprecationErrors: true }],
  ])('%s that declares %j is done', (command, declared) => {
    expect(declare(command, declared)).not.toThrow();
  });

  test.each<readonly [command: string, declared: BSON.Document, code: number]>([
    ['ping', { apiVersion: '2' }, 322],
    ['ping', { apiVersion: 1 }, 14],
    ['ping', { apiStrict: true }, 4886600],
    ['ping', { apiDeprecationErrors: false }, 4886600],
    ['ping', { apiVersion: '1', apiStrict: 1 }, 14],
    ['distinct', { apiVersion: '1', apiStrict: true }, 323],
    ['collStats', { apiVersion: '1', apiStrict: true }, 323],
  ])('%s that declares %j is refused with code %i', (command, declared, code) => {
    expect(refusal(declare(command, declared)).code).toBe(code);
  });
});
