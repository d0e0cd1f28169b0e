import type { Sealed } from '@app/personal-data/events';
import type { InputEvent, ReceivedInput } from './input.events.js';

const sealedText: Sealed = {
  keyId: 'k-1',
  iv: 'AAAAAAAAAAAAAAAA',
  ciphertext: '8J-Mig',
  tag: 'MDEyMzQ1Njc4OWFiY2RlZg',
};

export const said: ReceivedInput = {
  consultationId: 'water-2026',
  inputId: 'form-17',
  person: 'c-1',
  identification: 'pseudonymous',
  receivedAt: '2026-01-05T08:00:00.000Z',
  channel: 'post',
  groupId: 'informal',
  districtId: 'north',
  themeIds: ['standpipes'],
  stance: 'for',
  text: sealedText,
};
export const received: InputEvent = { type: 'InputReceived', data: said };
export const withheld = { moderation: 'withheld' as const, reason: 'Names a neighbour' };
export const moderated: InputEvent = { type: 'InputModerated', data: withheld };
export const themed: InputEvent = { type: 'InputThemed', data: { themeIds: ['leaks', 'standpipes'] } };
export const withdrawn: InputEvent = { type: 'InputWithdrawn', data: {} };
