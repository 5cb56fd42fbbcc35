/**
 * <vb-conflict>: the same place was changed here and elsewhere; both are shown, and a person chooses. Tells `vb-choose`
 * with `mine`, `theirs` or `both`.
 */
import { html, type TemplateResult } from 'lit'
import { cellLines, type EditText } from '../state/editing-text.ts'
import { define, WorkbenchElement } from './element.ts'

type Choice = 'mine' | 'theirs' | 'both'

export class Conflict extends WorkbenchElement {
  static override properties = { mine: { attribute: false }, theirs: { attribute: false } }
  declare mine: EditText
  declare theirs: EditText

  protected override firstUpdated(): void {
    this.querySelector('dialog')!.showModal()
  }

  #choose(choice: Choice): void {
    this.querySelector('dialog')!.close()
    this.dispatchEvent(new CustomEvent('vb-choose', { detail: choice }))
  }

  protected override render(): TemplateResult {
    const text = this.text.editing.conflict
    const only = (these: EditText, those: EditText) => {
      const known = new Set(those.cells.map(cell => cellLines(cell).join('\n')))
      const parts = these.cells.map(cell => cellLines(cell).join('\n')).filter(part => !known.has(part))
      const head = these.head.join('\n').trim()
      return [...(head === those.head.join('\n').trim() ? [] : [head]), ...parts].join('\n\n')
    }
    const side = (title: string, source: string) => html`<section aria-label=${title}>
      <h3>${title}</h3>
      <pre tabindex="0"><code>${source === '' ? '—' : source}</code></pre>
    </section>`
    const button = (choice: Choice, words: string, hint: string) => html`<div>
      <button
        type="button"
        class=${choice === 'both' ? 'button button-primary' : 'button'}
        @click=${() => this.#choose(choice)}
      >
        ${words}
      </button>
      <p class="hint">${hint}</p>
    </div>`
    // Left by Esc it would stay undecided: the choice is asked for again.
    return html`<dialog
      class="sheet conflict"
      aria-labelledby="conflict-title"
      @cancel=${(event: Event) => event.preventDefault()}
    >
      <h2 id="conflict-title">${text.title}</h2>
      <p>${text.lead}</p>
      <div class="conflict-sides">
        ${side(text.mine, only(this.mine, this.theirs))} ${side(text.theirs, only(this.theirs, this.mine))}
      </div>
      <div class="conflict-choices">
        ${button('both', text.both, text.bothHint)} ${button('mine', text.keepMine, text.mineHint)}
        ${button('theirs', text.takeTheirs, text.theirsHint)}
      </div>
    </dialog>`
  }
}

define('vb-conflict', Conflict)
