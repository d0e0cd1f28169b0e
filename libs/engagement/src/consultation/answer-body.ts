import { EnumField, SlugField } from '@app/http';
import { linkKinds } from './consultation.events.js';

export class LinkBody {
  @EnumField('What the answer leads to', linkKinds, { example: 'problem' })
  kind: (typeof linkKinds)[number];
  @SlugField('Plan of the problem or goal', { optional: true, example: 'water-2026' })
  plan?: string;
  @SlugField('Agreement of the clause', { optional: true, example: 'water-supply' })
  agreement?: string;
  @SlugField('Problem, goal, or objective of the agreement', { example: 'far-standpipes' })
  id: string;
}
