import type { Projection } from '@app/projections';

export const planningProjections: readonly Projection[] = [];
