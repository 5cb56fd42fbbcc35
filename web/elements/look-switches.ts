/** Choosing the language and the theme: two groups of radio buttons, in the rail and in the phone's menu. */
import { html, type TemplateResult } from 'lit'
import { preferences, setPreferences, type Theme } from '../state/preferences.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'

const languages = [
  ['ru', 'РУ', 'Русский'],
  ['en', 'EN', 'English'],
] as const
const themes: readonly Theme[] = ['system', 'light', 'dark']

/** `place` keeps the groups of two places apart. */
export function lookSwitches(place: string, text: AppText): TemplateResult {
  const { language, theme } = preferences()
  return html`
    <fieldset class="segments">
      <legend class="visually-hidden">${text.shell.language}</legend>
      ${languages.map(
        ([code, short, name]) => html`<label title=${name} lang=${code}>
          <input
            type="radio"
            name="language-${place}"
            value=${code}
            .checked=${language === code}
            @change=${() => setPreferences({ language: code })}
          />
          <span aria-hidden="true">${short}</span><span class="visually-hidden">${name}</span>
        </label>`,
      )}
    </fieldset>
    <fieldset class="segments">
      <legend class="visually-hidden">${text.shell.theme}</legend>
      ${themes.map(
        name => html`<label title=${text.shell.themes[name]}>
          <input
            type="radio"
            name="theme-${place}"
            value=${name}
            .checked=${theme === name}
            @change=${() => setPreferences({ theme: name })}
          />
          ${icon(name)}<span class="visually-hidden">${text.shell.themes[name]}</span>
        </label>`,
      )}
    </fieldset>
  `
}
