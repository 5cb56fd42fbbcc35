/** The menu of cells that can be added: a button where the new one will stand, and the kinds. */
import { html, nothing, type TemplateResult } from 'lit'
import type { KindSummary, Language } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'

export interface AddMenu {
  /** Distinguishes the menus of a page. */
  id: string
  kinds: readonly KindSummary[]
  text: AppText['editing']
  language: Language
  /** Of the button; none where other buttons open the menu. */
  label: string | null
  add(kind: string): void
}

/** Kinds in the order in which reports are mostly built; others behind them. */
const ORDER = ['markdown', 'sql', 'chart', 'table', 'metrics', 'questions', 'values', 'objections']

export function addMenu({ id, kinds, text, language, label, add }: AddMenu): TemplateResult {
  const names = ['markdown', ...kinds.map(({ kind }) => kind)]
  const rank = (kind: string) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length)
  const [words, hints] = [text.kinds as Record<string, string>, text.kindHints as Record<string, string>]
  return html`<div class="cell-add" lang=${language}>
    ${
      label === null
        ? nothing
        : html`<button type="button" class="button" popovertarget=${id}>${icon('add')}${label}</button>`
    }
    <div id=${id} class="menu add-menu" popover>
      ${names
        .sort((a, b) => rank(a) - rank(b))
        .map(
          kind => html`<button
            type="button"
            class="menu-item"
            popovertarget=${id}
            popovertargetaction="hide"
            @click=${() => add(kind)}
          >
            ${words[kind] ?? kind}<span class="hint">${hints[kind] ?? ''}</span>
          </button>`,
        )}
    </div>
  </div>`
}

/** Between two cells: a line that appears when it is wanted, and opens the one menu `id`. */
export function addLine(id: string, label: string, language: Language, choose: () => void): TemplateResult {
  return html`<div class="cell-add-between" lang=${language}>
    <button type="button" class="add-line" popovertarget=${id} title=${label} aria-label=${label} @click=${choose}>
      ${icon('add')}
    </button>
  </div>`
}
