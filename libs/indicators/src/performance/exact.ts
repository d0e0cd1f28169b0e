import { Decimal } from '@app/kernel';

/** Sums and products of plain decimal texts come out exactly: no reading has the digits to fill it. */
export const Exact = Decimal.clone({ precision: 1000 });
export type Exact = InstanceType<typeof Exact>;
