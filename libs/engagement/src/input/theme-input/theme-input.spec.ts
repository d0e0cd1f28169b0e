import { specFor } from '@app/testing';
import { received, themed, withdrawn } from '../input.examples.js';
import { inputRules } from '../input.rules.js';
import { input } from '../input.state.js';
import { ThemeInput, themeInput } from './theme-input.js';

const { given } = specFor(input, ThemeInput, themeInput);
const facts = { themes: ['standpipes', 'leaks'] };
const asked = { themeIds: ['standpipes', 'leaks'] };

describe('theme an input', () => {
  it('is about these themes and no others', () => given(received).when(asked, { facts }).then(themed));
  it('is about none any more', () =>
    given(received, themed)
      .when({ themeIds: [] }, { facts })
      .then({ type: 'InputThemed', data: { themeIds: [] } }));
  it('sent twice, nothing happens', () => given(received, themed).when(asked, { facts }).then());
  it(inputRules.anInputIsAboutNamedThemes.sentence, () =>
    given(received)
      .when({ themeIds: ['roads'] }, { facts })
      .refused(inputRules.anInputIsAboutNamedThemes, '/themes'),
  );
  it(inputRules.anInputIsThereFirst.sentence, () =>
    given().when(asked, { facts }).refused(inputRules.anInputIsThereFirst),
  );
  it(inputRules.aWithdrawnInputIsLeftAlone.sentence, () =>
    given(received, withdrawn).when(asked, { facts }).refused(inputRules.aWithdrawnInputIsLeftAlone),
  );
});
