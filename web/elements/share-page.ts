/** <vb-share-page>: every link that was made, how often it was opened, and ways to end it: one, or many at once. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatDay, formatMoment, formatNumber, type ShareRecord } from '../../server/api/contract.ts'
import { getShares, getShareViews, revokeShares, rotateShare } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export class SharePage extends WorkbenchElement {
  static override properties = {
    chosen: { state: true },
    showEnded: { state: true },
    failure: { state: true },
    told: { state: true },
    fresh: { state: true },
    log: { state: true },
  }
  /** Ids of links that are marked. */
  declare chosen: ReadonlySet<string>
  declare showEnded: boolean
  declare failure: unknown
  /** What was done last, said aloud. */
  declare told: string
  /** A new address, shown this once. */
  declare fresh: { id: string; address: string } | null
  declare log: { id: string; minutes: { minute: string; views: number }[] } | null
  readonly shares = new Loader(this, getShares)

  constructor() {
    super()
    this.chosen = new Set()
    this.showEnded = false
    this.failure = null
    this.told = ''
    this.fresh = null
    this.log = null
  }

  async #do(work: () => Promise<string>): Promise<void> {
    this.failure = null
    try {
      this.told = await work()
      await this.shares.load()
    } catch (error) {
      this.failure = error
    }
  }

  #revoke(ids: readonly string[]): Promise<void> {
    return this.#do(async () => {
      const { revoked } = await revokeShares(ids)
      this.chosen = new Set()
      this.fresh = null
      return this.text.shares.list.revoked(revoked)
    })
  }

  #rotate(id: string): Promise<void> {
    return this.#do(async () => {
      const { path } = await rotateShare(id)
      this.fresh = { id, address: new URL(path, location.origin).href }
      return this.text.shares.list.rotated
    })
  }

  async #toggleLog(id: string): Promise<void> {
    if (this.log?.id === id) {
      this.log = null
      return
    }
    try {
      this.log = { id, minutes: await getShareViews(id) }
    } catch (error) {
      this.failure = error
    }
  }

  #choose(id: string, on: boolean): void {
    const chosen = new Set(this.chosen)
    if (on) chosen.add(id)
    else chosen.delete(id)
    this.chosen = chosen
  }

  protected override render(): TemplateResult {
    const { title, lead } = this.text.shares
    return html`<div class="page">
      <header class="page-head">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
      </header>
      <p class="visually-hidden" role="status">${this.told}</p>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)} ${this.#body()}
    </div>`
  }

  #body(): unknown {
    const { value, failure } = this.shares
    const words = this.text.shares.list
    if (failure !== null) return errorNote(failure, this.text, () => void this.shares.load())
    if (value === null) return loadingNote(this.text)
    const open = value.filter(share => share.state === 'open')
    const ended = value.filter(share => share.state !== 'open')
    const shown = this.showEnded ? [...open, ...ended] : open
    if (value.length === 0)
      return emptyNote(words.none, words.noneHint, html`<a class="button" href="/">${words.toReports}</a>`)
    return html`
      <div class="actions">
        ${
          this.chosen.size > 0
            ? html`<button type="button" class="button" @click=${() => void this.#revoke([...this.chosen])}>
                ${icon('stop')}${words.revokeChosen(this.chosen.size)}
              </button>`
            : nothing
        }
        ${
          ended.length > 0
            ? html`<button
                type="button"
                class="button-link"
                aria-pressed=${String(this.showEnded)}
                @click=${() => {
                  this.showEnded = !this.showEnded
                }}
              >
                ${this.showEnded ? words.hideEnded : words.showEnded(ended.length)}
              </button>`
            : nothing
        }
      </div>
      ${shown.length === 0 ? html`<p class="hint">${words.noneOpen}</p>` : this.#table(shown, open)}
    `
  }

  #table(shown: readonly ShareRecord[], open: readonly ShareRecord[]): TemplateResult {
    const words = this.text.shares.list
    const all = open.length > 0 && open.every(({ id }) => this.chosen.has(id))
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${this.text.shares.title}>
      <table class="table share-table">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label=${words.selectAll}
                ?disabled=${open.length === 0}
                .checked=${all}
                .indeterminate=${!all && this.chosen.size > 0}
                @change=${() => {
                  this.chosen = new Set(all ? [] : open.map(({ id }) => id))
                }}
              />
            </th>
            <th scope="col">${words.report}</th>
            <th scope="col">${words.state}</th>
            <th scope="col">${words.made}</th>
            <th scope="col" class="num">${words.views}</th>
            <th scope="col">${words.lastView}</th>
            <th scope="col"><span class="visually-hidden">${words.actions}</span></th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(share => this.#row(share))}
        </tbody>
      </table>
    </div>`
  }

  #row(share: ShareRecord): TemplateResult {
    const words = this.text.shares.list
    const isOpen = share.state === 'open'
    const day = (text: string) => formatDay(text, this.language)
    const until = share.expiresAt === null ? words.forever : words.until(day(share.expiresAt))
    const query = new URLSearchParams(share.inputs).toString()
    return html`<tr class=${isOpen ? nothing : 'is-empty'}>
        <td>
          <input
            type="checkbox"
            aria-label=${words.select(share.title)}
            ?disabled=${!isOpen}
            .checked=${this.chosen.has(share.id)}
            @change=${(event: Event) => this.#choose(share.id, (event.target as HTMLInputElement).checked)}
          />
        </td>
        <th scope="row">
          <a href="/notebooks/${encodeURIComponent(share.notebook)}${query && `?${query}`}">${share.title}</a>
          <span class="hint">${words.modes[share.mode]}${share.hasPassword ? `, ${words.password}` : ''}</span>
        </th>
        <td>${words.states[share.state]} <span class="hint">${isOpen ? until : ''}</span></td>
        <td>${day(share.createdAt)}</td>
        <td class="num">${formatNumber(share.views, this.language)}</td>
        <td>
          ${
            share.lastViewAt === null
              ? html`<span class="hint">${words.neverSeen}</span>`
              : html`<button
                  type="button"
                  class="button-link"
                  aria-expanded=${String(this.log?.id === share.id)}
                  aria-label="${formatMoment(share.lastViewAt, this.language)}. ${words.logOf(share.title)}"
                  @click=${() => void this.#toggleLog(share.id)}
                >
                  ${formatMoment(share.lastViewAt, this.language)}
                </button>`
          }
        </td>
        <td class="share-actions">
          ${
            isOpen
              ? html`<button
                    type="button"
                    class="button"
                    aria-label=${words.rotateOf(share.title)}
                    @click=${() => void this.#rotate(share.id)}
                  >
                    ${words.rotate}
                  </button>
                  <button
                    type="button"
                    class="button"
                    aria-label=${words.revokeOf(share.title)}
                    @click=${() => void this.#revoke([share.id])}
                  >
                    ${words.revoke}
                  </button>`
              : nothing
          }
        </td>
      </tr>
      ${this.#below(share)}`
  }

  #below({ id }: ShareRecord): unknown {
    const words = this.text.shares.list
    if (this.fresh?.id === id)
      return html`<tr>
        <td></td>
        <td colspan="6" class="wrap">
          ${words.rotated}
          <input class="upload-field share-address" readonly aria-label=${words.rotated} .value=${this.fresh.address} />
        </td>
      </tr>`
    if (this.log?.id !== id) return nothing
    return html`<tr>
      <td></td>
      <td colspan="6" class="wrap">
        ${words.log}:
        ${this.log.minutes
          .map(
            ({ minute, views }) =>
              `${formatMoment(minute, this.language)}${views > 1 ? ` (${formatNumber(views, this.language)})` : ''}`,
          )
          .join(' · ')}
      </td>
    </tr>`
  }
}

define('vb-share-page', SharePage)
