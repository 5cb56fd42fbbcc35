/** The menu of cells that can be added: a button where the new one will stand, and the kinds. */
import { html, type TemplateResult } from 'lit'
import type { KindSummary, Language } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'

export interface AddMenu {
  /** Place that the new cell gets; distinguishes the menus of a page. */
  at: number
  kinds: readonly KindSummary[]
  text: AppText['editing']
  language: Language
  label: string
  /** Between two cells: a line that appears when it is wanted. */
  between?: boolean
  add(kind: string): void
}

/** Kinds in the order in which reports are mostly built; others behind them. */
const ORDER = ['markdown', 'sql', 'chart', 'table', 'metrics', 'questions', 'values', 'objections']

export function addMenu({ at, kinds, text, language, label, between, add }: AddMenu): TemplateResult {
  const id = `add-${at}`
  const names = ['markdown', ...kinds.map(({ kind }) => kind)]
  const rank = (kind: string) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length)
  const [words, hints] = [text.kinds as Record<string, string>, text.kindHints as Record<string, string>]
  return html`<div class=${between ? 'cell-add cell-add-between' : 'cell-add'} lang=${language}>
    <button type="button" class=${between ? 'add-line' : 'button'} popovertarget=${id} title=${label} aria-label=${label}>
      ${icon('add')}${between ? '' : label}
    </button>
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
