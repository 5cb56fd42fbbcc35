/** What a person may change of a theme; each change is one edit that can be undone. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Language, TableTheme, ThemeEdit } from '../../server/api/contract.ts'
import { wordsOf } from '../outputs/words.ts'
import { statuses, topics } from '../state/catalogue.ts'
import type { AppText } from '../text/text.ts'

type Mode = 'read' | 'rename' | 'split'

export interface EditParts {
  theme: TableTheme
  mode: Mode
  language: Language
  text: AppText
  edit(edit: ThemeEdit): void
  setMode(mode: Mode): void
  /** Asks which theme to merge with. */
  merge(): void
}

export function themeEdits(parts: EditParts): TemplateResult {
  const { theme, mode, language, text, edit, setMode, merge } = parts
  const { panel, topic, status, statuses: statusNames } = text.catalogue
  const names: Record<string, string> = wordsOf(language).topics
  const id = theme.theme_id
  return html`<section class="theme-edits" aria-label=${panel.edits}>
    <div class="field">
      <label for="theme-topic">${topic}</label>
      <select
        id="theme-topic"
        @change=${(event: Event) => edit({ action: 'topic', theme: id, topic: (event.target as HTMLSelectElement).value })}
      >
        ${topics.map(name => html`<option value=${name} .selected=${name === theme.topic}>${names[name]}</option>`)}
      </select>
    </div>
    <div class="field">
      <label for="theme-status">${status}</label>
      <select
        id="theme-status"
        @change=${(event: Event) =>
          edit({ action: 'status', theme: id, status: (event.target as HTMLSelectElement).value })}
      >
        ${statuses.map(
          name =>
            html`<option value=${name} .selected=${name === theme.status}>${statusNames[name]}</option>`,
        )}
      </select>
    </div>
    ${
      mode === 'rename'
        ? renameForm(parts)
        : html`<div class="actions">
            <button type="button" class="button" @click=${() => setMode('rename')}>${panel.rename}</button>
            <button type="button" class="button" @click=${merge}>${panel.merge}</button>
            ${
              theme.mentions > 1
                ? html`<button
                    type="button"
                    class="button"
                    aria-pressed=${String(mode === 'split')}
                    @click=${() => setMode(mode === 'split' ? 'read' : 'split')}
                  >
                    ${panel.split}
                  </button>`
                : nothing
            }
            <button
              type="button"
              class="button"
              @click=${() => edit({ action: 'hide', theme: id, hidden: !theme.hidden })}
            >
              ${theme.hidden ? panel.show : panel.hide}
            </button>
          </div>`
    }
  </section>`
}

function renameForm({ theme, text, edit, setMode }: EditParts): TemplateResult {
  const { panel } = text.catalogue
  return html`<form
    class="theme-rename"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault()
      const label = String(new FormData(event.target as HTMLFormElement).get('label')).trim()
      if (label === '' || label === theme.label) return setMode('read')
      edit({ action: 'rename', theme: theme.theme_id, label })
    }}
  >
    <label for="theme-label">${panel.name}</label>
    <input id="theme-label" name="label" class="choice-search" .value=${theme.label} required maxlength="200" />
    <div class="actions">
      <button type="submit" class="button button-primary">${panel.save}</button>
      <button type="button" class="button" @click=${() => setMode('read')}>${panel.cancel}</button>
    </div>
  </form>`
}
