import type { Projection } from '@app/projections';

export const engagementProjections: readonly Projection[] = [];
