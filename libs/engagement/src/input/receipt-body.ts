import { TextField } from '@app/http';

export class ReceiptBody {
  @TextField('Receipt that was given with the input', { maxLength: 200, example: 'eAqDmeFV0iG8o7rPf9w1bVdKc2s' })
  receipt: string;
}
