import { Command, type Decide } from '@app/kernel';
import type { InputEvent } from '../input.events.js';
import type { InputState } from '../input.state.js';
import { standing } from '../standing-input.js';
import { ensureNamed } from '../submit-input/submit-input.js';

export class ThemeInput extends Command<{ readonly themeIds: readonly string[] }> {}

export const themeInput: Decide<ThemeInput, InputState, InputEvent, { readonly themes: readonly string[] }> = (
  { data },
  state,
  { themes },
) => {
  const before = standing(state).themeIds;
  ensureNamed(data.themeIds, themes);
  const themeIds = [...data.themeIds].sort();
  return themeIds.join('\n') === [...before].sort().join('\n') ? [] : [{ type: 'InputThemed', data: { themeIds } }];
};
