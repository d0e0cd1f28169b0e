import { TextField } from '@app/http';

export const ContentHashField = (): PropertyDecorator =>
  TextField('Hash of the content that was read: as submitted, in lower-case hex', {
    pattern: /^[0-9a-f]{64}$/,
    example: 'a'.repeat(64),
  });

export class ContentHashBody {
  @ContentHashField()
  contentHash: string;
}

export class FindingBody {
  @TextField('Place in the plan or report: a JSON pointer', {
    optional: true,
    maxLength: 300,
    example: '/goals/leaks-in-three-days/target',
  })
  pointer?: string;
  @TextField('What has to be mended', { maxLength: 2000, example: 'The target of the second year is missing.' })
  finding: string;
}
