import { SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces } from '@nestjs/swagger';

export const bulkKey = 'ledger:bulk';
export type BulkDoor = true;

export const bulkMediaTypes = ['application/x-ndjson', 'application/ndjson', 'text/csv'];

/** The door takes a stream of lines; doors without it refuse such bodies, and this one refuses JSON documents. */
export const BulkUpload = (description: string) =>
  applyDecorators(
    SetMetadata(bulkKey, true),
    ApiConsumes('application/x-ndjson', 'text/csv'),
    ApiProduces('application/x-ndjson'),
    ApiBody({ description, schema: { type: 'string' } }),
  );
