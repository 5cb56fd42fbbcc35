/** <vb-reject-list>: rows that could not be taken, with the reason and the row itself; of one import (`?import=`) or of all. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  formatNumber,
  type RejectLine,
  type RejectPage,
  type RejectsRetried,
} from '../../server/api/contract.ts'
import { getRejects } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { careText } from '../text/care.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'
import type { RejectFix } from './reject-fix.ts'
import { sayMessage } from './say-message.ts'

const PAGE = 50
/** Characters of a raw row shown at once. */
const SHORT = 120

export class RejectList extends WorkbenchElement {
  static override properties = { chosen: { state: true }, said: { state: true } }
  /** The row that is being put right. */
  declare chosen: RejectLine | null
  /** What came of it. */
  declare said: string
  readonly page = new Loader(this, signal => getRejects({ ...readAddress(), limit: PAGE }, signal))
  readonly #onMove = () => void this.page.load()

  constructor() {
    super()
    this.chosen = null
    this.said = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('popstate', this.#onMove)
  }

  override disconnectedCallback(): void {
    removeEventListener('popstate', this.#onMove)
    super.disconnectedCallback()
  }

  protected override render(): TemplateResult {
    const { value, failure } = this.page
    const text = this.text.data
    if (failure !== null) return errorNote(failure, this.text, () => void this.page.load())
    if (value === null) return loadingNote(this.text)
    if (value.total === 0) return html`${this.#said()}${emptyNote(text.noRejects, text.noRejectsHint)}`
    const { import: only } = readAddress()
    return html`
      ${this.#said()}
      ${
        only === null
          ? nothing
          : html`<p class="data-filter">
              ${text.ofImport(value.rejects[0]?.source ?? String(only))} ·
              <a href="/data/rejects">${text.everyImport}</a>
            </p>`
      }
      <div class="table-scroll" tabindex="0" role="region" aria-label=${text.rejects}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${text.file}</th>
              <th scope="col" class="num">${text.line}</th>
              <th scope="col">${text.reason}</th>
              <th scope="col">${text.raw}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${value.rejects.map(reject => this.#row(reject))}
          </tbody>
        </table>
      </div>
      ${this.#pager(value)}
      ${this.chosen === null ? nothing : this.#dialog(value.rejects, this.chosen)}
    `
  }

  #row(reject: RejectLine): TemplateResult {
    return html`<tr>
      <th scope="row">${reject.source}</th>
      <td class="num">${reject.line === null ? nothing : formatNumber(reject.line, this.language)}</td>
      <td class="wrap">${sayMessage(reject.why, reject.reason, this.language)}</td>
      <td class="raw">${reject.raw === null ? nothing : this.#raw(reject.raw)}</td>
      <td>${this.#fix(reject)}</td>
    </tr>`
  }

  #fix(reject: RejectLine): TemplateResult {
    const { fix } = careText(this.language)
    if (reject.reading === null) return html`<span class="hint">${fix.fileOnly}</span>`
    const label = `${fix.open}: ${reject.source}, ${reject.line ?? ''}`
    return html`<button type="button" class="button" aria-label=${label} @click=${() => void this.#open(reject)}>
      ${fix.open}
    </button>`
  }

  #dialog(rejects: readonly RejectLine[], chosen: RejectLine): TemplateResult {
    const header = ({ reading }: RejectLine) => reading?.columns.map(({ column }) => column).join('\n')
    const others = rejects.filter(
      other =>
        other !== chosen &&
        other.import === chosen.import &&
        other.reading &&
        header(other) === header(chosen),
    )
    return html`<vb-reject-fix
      .reject=${chosen}
      .others=${others}
      @vb-retried=${(event: CustomEvent<RejectsRetried>) => this.#retried(event.detail)}
    ></vb-reject-fix>`
  }

  async #open(reject: RejectLine): Promise<void> {
    await import('./reject-fix.ts')
    this.chosen = reject
    this.said = ''
    await this.updateComplete
    await this.querySelector<RejectFix>('vb-reject-fix')!.open()
  }

  #retried({ taken, left }: RejectsRetried): void {
    const { fix } = careText(this.language)
    this.said = [fix.taken(taken.length), left.length > 0 ? fix.still(left.length) : '']
      .filter(Boolean)
      .join('. ')
    void this.page.load()
  }

  #said(): unknown {
    return html`<p class="data-filter" role="status">${this.said}</p>`
  }

  /** The row as it stood in the file; a long one begins it and unfolds. */
  #raw(raw: string): TemplateResult {
    if (raw.length <= SHORT) return html`<code>${raw}</code>`
    return html`<details class="raw-long">
      <summary title=${this.text.data.showRaw}><code class="raw-start">${raw.slice(0, SHORT)}…</code></summary>
      <code>${raw}</code>
    </details>`
  }

  #pager({ total, rejects }: RejectPage): unknown {
    const { offset, import: only } = readAddress()
    if (total <= PAGE && offset === 0) return nothing
    const text = this.text.data
    const to = (at: number) => {
      const query = new URLSearchParams({ ...(only !== null && { import: String(only) }), from: String(at) })
      return `/data/rejects?${query}`
    }
    return html`<nav class="pager" aria-label=${text.pages}>
      ${offset > 0 ? html`<a class="button" href=${to(Math.max(0, offset - PAGE))}>${text.previous}</a>` : nothing}
      <span class="hint">${text.page(offset + 1, offset + rejects.length, total)}</span>
      ${offset + PAGE < total ? html`<a class="button" href=${to(offset + PAGE)}>${text.next}</a>` : nothing}
    </nav>`
  }
}

function readAddress(): { import: number | null; offset: number } {
  const query = new URLSearchParams(location.search)
  const whole = (name: string) => (/^\d+$/.test(query.get(name) ?? '') ? Number(query.get(name)) : null)
  return { import: whole('import'), offset: whole('from') ?? 0 }
}

define('vb-reject-list', RejectList)
