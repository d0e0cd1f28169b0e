import { ApiProperty } from '@nestjs/swagger';
import type { Accepted } from '@app/kernel';
import { positionText } from './positions.js';

/** Answer to an accepted command. It is sent with its status, ETag, Location and Ledger-Position. */
export class AcceptedBody {
  @ApiProperty({ type: 'string', example: 'boston' })
  readonly id: string;
  @ApiProperty({ type: 'string', example: '0', description: 'Revision of the record after the command; also its ETag' })
  readonly revision: string;
  @ApiProperty({
    type: 'string',
    required: false,
    example: '1207-1207',
    description: 'Log position, for minPosition; absent when there was nothing to do',
  })
  readonly position?: string;
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  readonly eventIds: readonly string[];
  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    required: false,
    description: 'What was accepted and should be looked at all the same; absent when there is nothing',
  })
  readonly warnings?: readonly string[];
  readonly #location: string;
  readonly #created: boolean;

  constructor(result: Accepted, location: string, created: boolean, warnings: readonly string[]) {
    this.id = result.id;
    this.revision = result.revision.toString();
    if (result.position !== undefined) this.position = positionText(result.position);
    this.eventIds = result.eventIds;
    if (warnings.length > 0) this.warnings = warnings;
    this.#location = location;
    this.#created = created;
  }
  get location(): string {
    return this.#location;
  }
  get created(): boolean {
    return this.#created;
  }
}

/** 201 when the command began the stream, or `created` says so; else 200. */
export const accepted = (
  result: Accepted,
  location: string,
  created: boolean = result.eventIds.length > 0 && result.revision === BigInt(result.eventIds.length - 1),
  warnings: readonly string[] = [],
): AcceptedBody => new AcceptedBody(result, location, created, warnings);
