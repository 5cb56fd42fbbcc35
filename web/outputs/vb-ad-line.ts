/**
 * `<vb-ad-line>`: a line of an ad to try out: edited in place, counted while one types, copied. Nothing is kept: the line
 * goes to the ad platform, not back. Light DOM.
 *
 * Properties: `claim` (Claim with `fits`), `language`.
 */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Claim, Language } from '../../server/api/contract.ts'
import { renderCounters } from './ad-counters.ts'
import { wordsOf } from './words.ts'

export class VbAdLine extends LitElement {
  static override properties = {
    claim: { attribute: false },
    language: { attribute: false },
    text: { state: true },
    copied: { state: true },
  }
  declare claim: Claim | undefined
  declare language: Language
  declare text: string
  declare copied: boolean

  constructor() {
    super()
    this.claim = undefined
    this.language = 'ru'
    this.text = ''
    this.copied = false
  }

  protected override createRenderRoot() {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    const before = changed.get('claim') as Claim | undefined
    // A run that gives the same line leaves what is being typed alone.
    if (changed.has('claim') && before?.text !== this.claim?.text) this.text = this.claim?.text ?? ''
  }

  protected override render() {
    const { claim, language, text } = this
    if (!claim) return html``
    const { ad: words } = wordsOf(language)
    return html`<div class="vb-ad-line">
      <textarea
        rows="1"
        aria-label=${words.edit}
        .value=${text}
        @input=${(event: InputEvent) => {
          this.text = (event.target as HTMLTextAreaElement).value
          this.copied = false
        }}
      ></textarea>
      <div class="vb-ad-line__tools">
        ${
          text === claim.text
            ? nothing
            : html`<button type="button" class="vb-button" @click=${() => {
                this.text = claim.text
              }}>${words.reset}</button>`
        }
        <button type="button" class="vb-button" @click=${() => this.copy()}>
          ${this.copied ? words.copied : words.copy}
        </button>
      </div>
      <div class="vb-ad-line__counters" aria-live="polite">${renderCounters(text, claim.fits ?? [], language)}</div>
    </div>`
  }

  private async copy() {
    await navigator.clipboard?.writeText(this.text).then(
      () => {
        this.copied = true
      },
      () => {
        // Refused by the browser: the text is selected, so that the keys will do.
        this.querySelector('textarea')?.select()
      },
    )
  }
}

customElements.define('vb-ad-line', VbAdLine)
