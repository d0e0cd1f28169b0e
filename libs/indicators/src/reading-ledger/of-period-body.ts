import { TextField } from '@app/http';

export class OfPeriodBody {
  @TextField('Period of the ledger that the reading is in', { maxLength: 9, example: '2011-07' })
  period: string;
}
