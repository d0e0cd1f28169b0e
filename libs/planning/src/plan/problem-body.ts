import { EnumField, SlugField, TextField } from '@app/http';
import type { ProblemOrigin } from './plan.events.js';

export class CauseBody {
  @TextField('Cause', { maxLength: 1000, example: 'One repair crew serves the whole east.' })
  statement: string;
  @SlugField('Problem of the plan, where the cause is one', { optional: true, example: 'slow-orders' })
  problemId?: string;
}

const kinds = ['gap', 'input', 'breach', 'complaint', 'audit'] as const;

export class OriginBody {
  @EnumField('What showed the problem', kinds, { example: 'gap' })
  kind: ProblemOrigin['kind'];
  @TextField(
    'Gap of the plan, input as consultation/input, id of the breach, or the reference of a complaint or audit',
    { maxLength: 300, example: 'leaks-in-langa' },
  )
  reference: string;
}

/** An input that does not name its consultation is asked for under no name, which no input has. */
export function originOf({ kind, reference }: OriginBody): ProblemOrigin {
  switch (kind) {
    case 'gap':
      return { kind, gapId: reference };
    case 'input': {
      const [consultationId = '', ...input] = reference.split('/');
      return { kind, consultationId, inputId: input.join('/') };
    }
    case 'breach':
      return { kind, breachId: reference };
    case 'complaint':
    case 'audit':
      return { kind, reference };
  }
}
