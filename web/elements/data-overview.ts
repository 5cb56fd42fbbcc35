/** <vb-data-overview>: loading a file, work under way, the tables with their days, and how far mining has come. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  formatDay,
  formatNumber,
  type MiningStatus,
  type Status,
  type TableStatus,
} from '../../server/api/contract.ts'
import { getStatus, startJob } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { define, WorkbenchElement } from './element.ts'
import './job-list.ts'
import { errorNote, loadingNote } from './message.ts'
import './upload.ts'

/** They have pages of their own. */
const books = new Set(['imports', 'rejects'])

export class DataOverview extends WorkbenchElement {
  static override properties = { failure: { state: true }, asked: { state: true } }
  /** Why mining could not be started. */
  declare failure: unknown
  /** Mining was asked for and has not been reported yet. */
  declare asked: boolean
  readonly status = new Loader(this, getStatus)

  constructor() {
    super()
    this.failure = null
    this.asked = false
  }

  protected override render(): TemplateResult {
    const { value, failure } = this.status
    return html`
      <vb-upload @vb-taken=${() => void this.status.load()}></vb-upload>
      <vb-job-list
        @vb-job-ended=${() => {
          this.asked = false
          void this.status.load()
        }}
      ></vb-job-list>
      ${failure === null ? nothing : errorNote(failure, this.text, () => void this.status.load())}
      ${value === null ? (failure === null ? loadingNote(this.text) : nothing) : nothing}
      ${value === null ? nothing : html`${this.#tables(value)}${this.#mining(value.mining)}`}
    `
  }

  /** Tables with rows; the empty ones in one line, since they say little. */
  #tables({ tables, today }: Status): TemplateResult {
    const text = this.text.data
    const name = (table: TableStatus) => text.tables[table.name as keyof typeof text.tables] ?? table.name
    const filled = tables.filter(table => table.rows > 0 && !books.has(table.name))
    const empty = tables.filter(table => table.rows === 0 && !books.has(table.name))
    return html`<section class="data-part" aria-labelledby="loaded-title">
      <h2 id="loaded-title">${text.loaded}</h2>
      ${today === null ? nothing : html`<p class="hint">${text.upTo(formatDay(today, this.language))}</p>`}
      ${
        filled.length === 0
          ? nothing
          : html`<div class="table-scroll" tabindex="0" role="region" aria-labelledby="loaded-title">
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">${text.table}</th>
                    <th scope="col" class="num">${text.rows}</th>
                    <th scope="col">${text.period}</th>
                  </tr>
                </thead>
                <tbody>
                  ${filled.map(
                    table => html`<tr>
                      <th scope="row">${name(table)}</th>
                      <td class="num">${formatNumber(table.rows, this.language)}</td>
                      <td>${this.#period(table, today)}</td>
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
      ${empty.length === 0 ? nothing : html`<p class="hint">${text.emptyTables}: ${empty.map(table => lowerFirst(name(table))).join(', ')}.</p>`}
    </section>`
  }

  /** First and last day; how far it lags where other facts go further. */
  #period({ from, to }: TableStatus, today: string | null): unknown {
    if (from === null || to === null) return nothing
    const lag = today === null ? 0 : Math.round((Date.parse(today) - Date.parse(to)) / 86_400_000)
    return html`${formatDay(from, this.language)} — ${formatDay(to, this.language)}
    ${lag > 1 ? html`<span class="hint">${this.text.data.behind(lag)}</span>` : nothing}`
  }

  #mining(mining: MiningStatus): TemplateResult {
    const text = this.text.data
    const number = (n: number) => formatNumber(n, this.language)
    const facts: [string, string][] = [
      [text.mentions, number(mining.mentions)],
      [text.assigned, number(mining.assigned)],
      [text.waiting, number(mining.waiting)],
      [text.unread, number(mining.unread)],
      [text.engine, mining.engine.startsWith('lsa') ? text.engineOwn : mining.engine],
    ]
    return html`<section class="data-part" aria-labelledby="mining-title">
      <h2 id="mining-title">${text.mining}</h2>
      <dl class="numbers">
        ${facts.filter(([, value]) => value !== '').map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      <p class="actions">
        <button type="button" class="button" ?disabled=${this.asked} @click=${() => void this.#mine()}>
          ${mining.unread > 0 ? text.mine : text.mineAgain}
        </button>
        ${mining.unread === 0 && mining.mentions > 0 ? html`<span class="hint">${text.upToDate}</span>` : nothing}
      </p>
    </section>`
  }

  async #mine(): Promise<void> {
    this.asked = true
    this.failure = null
    try {
      await startJob('mine')
    } catch (error) {
      this.failure = error
      this.asked = false
    }
  }
}

/** «Расходы на рекламу» within a sentence; FAQ and the like stay. */
function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

define('vb-data-overview', DataOverview)
