import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { parsePosition, type PointInLog } from '../doors/positions.js';
import { problemAt, problems } from '../problems/problem.js';

export const asOfKey = 'ledger:as-of';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

export function parseAsOf(text: string, now: Date): PointInLog {
  if (/^\d{1,19}$/.test(text)) return { revision: BigInt(text) };
  const position = parsePosition(text);
  if (position !== undefined) return { position };
  // A plus that was not escaped arrives as a space.
  const time = instant.test(text.replace(' ', '+')) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  if (Number.isNaN(time)) throw problemAt(problems.malformedAsOf, '?asOf', 'It cannot be read.');
  if (time > now.getTime()) throw problemAt(problems.malformedAsOf, '?asOf', 'It lies in the future.');
  return { recordedAt: new Date(time) };
}

const parameter = createParamDecorator((_data: unknown, context: ExecutionContext): PointInLog => {
  return context.switchToHttp().getRequest<LedgerRequest>().asOf ?? {};
});

/** `?asOf=`: an instant, a revision or a log position. Doors without it refuse the parameter. */
export const AsOf = (): ParameterDecorator => (target, key, index) => {
  const method = Object.getOwnPropertyDescriptor(target, key!)!;
  Reflect.defineMetadata(asOfKey, true, method.value as object);
  ApiQuery({
    name: 'asOf',
    required: false,
    schema: { type: 'string' },
    description: 'Answer as it was known then: an instant with offset, a revision (12) or a log position (1207-1207)',
  })(target, key!, method);
  parameter()(target, key, index);
};
