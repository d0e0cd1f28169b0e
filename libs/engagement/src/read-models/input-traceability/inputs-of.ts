import type { Filter, View } from '@app/projections';
import type { Moderation } from '../../input/input.events.js';
import type { TracedInput } from './input-traceability.js';

export interface InputFilters {
  readonly group?: string;
  readonly theme?: string;
  readonly moderation?: Moderation | 'awaited';
}

/** Inputs of a consultation after a key, in order of it. There is an index for each filter, not for two at once. */
export function inputsOf(
  inputs: View<TracedInput>,
  of: { readonly agency: string; readonly consultation: string },
  { group, theme, moderation }: InputFilters,
  after?: unknown,
) {
  const filter: Filter<TracedInput> = {
    ...of,
    ...(group === undefined ? {} : { group }),
    ...(theme === undefined ? {} : { themes: theme }),
    ...(moderation === undefined ? {} : { moderation }),
    ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
  };
  return inputs.find(filter).sort({ _id: 1 });
}
