/**
 * <vb-conversation-view>: a conversation with speakers and times, what mining found in it marked by kind, and the deal's
 * facts. `near`, when set, is how many turns around the quote are shown before the reader asks for more.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import {
  type Conversation,
  formatDuration,
  formatMoment,
  formatMoney,
  type Turn,
} from '../../server/api/contract.ts'
import { ApiError, getConversation } from '../api.ts'
import { markText, type Stretch } from '../state/marks.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export interface QuotePlace {
  n: number
  from: number
  to: number
}

/** `?n=3&from=10&to=25` of a conversation's address; null when it names no turn. */
export function readPlace(query: URLSearchParams): QuotePlace | null {
  const [n, from, to] = ['n', 'from', 'to'].map(name => Number(query.get(name) ?? Number.NaN))
  if (!Number.isInteger(n)) return null
  return { n: n!, from: Number.isInteger(from) ? from! : 0, to: Number.isInteger(to) ? to! : 0 }
}

const MORE = 20

export class ConversationView extends WorkbenchElement {
  static override properties = {
    client: { attribute: false },
    conversation: { attribute: false },
    place: { attribute: false },
    near: { attribute: false },
    found: { state: true },
    failure: { state: true },
    range: { state: true },
  }
  declare client: string
  declare conversation: string
  declare place: QuotePlace | null
  declare near: number | null
  declare found: Conversation | null
  declare failure: unknown
  /** Indexes of the first turn shown and of the one after the last. */
  declare range: [number, number]

  constructor() {
    super()
    this.client = ''
    this.conversation = ''
    this.place = null
    this.near = null
    this.found = null
    this.failure = null
    this.range = [0, 0]
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('client') || changed.has('conversation')) void this.#load()
    else if (changed.has('place') && this.found) this.#aim()
  }

  async #load(): Promise<void> {
    const asked = `${this.client}\n${this.conversation}`
    this.found = null
    this.failure = null
    try {
      const found = await getConversation(this.client, this.conversation)
      if (asked !== `${this.client}\n${this.conversation}`) return
      this.found = found
      this.dispatchEvent(new CustomEvent('vb-found', { detail: found }))
      this.#aim()
    } catch (error) {
      if (asked === `${this.client}\n${this.conversation}`) this.failure = error
    }
  }

  /** Shows the turns around the quote and brings it into view. */
  async #aim(): Promise<void> {
    const turns = this.found!.turns
    const at = this.place === null ? -1 : turns.findIndex(turn => turn.n === this.place!.n)
    this.range =
      this.near === null || at === -1
        ? [0, turns.length]
        : [Math.max(0, at - this.near), Math.min(turns.length, at + this.near + 1)]
    await this.updateComplete
    if (at !== -1) this.querySelector('.turn-quoted')?.scrollIntoView({ block: 'center' })
  }

  protected override render(): TemplateResult {
    const text = this.text.conversation
    if (this.failure instanceof ApiError && this.failure.status === 404)
      return emptyNote(text.missing, text.missingHint)
    if (this.failure !== null) return errorNote(this.failure, this.text, () => void this.#load())
    const { found } = this
    if (found === null) return loadingNote(this.text)
    return html`<div class="conversation">
      ${this.#facts(found)}
      <div class="conversation-words">
        ${this.#legend(found)}
        ${found.turns.length === 0 ? html`<p class="note">${text.noTurns}</p>` : this.#turns(found.turns)}
      </div>
    </div>`
  }

  #turns(turns: readonly Turn[]): TemplateResult {
    const text = this.text.conversation
    const [from, to] = this.range
    const rest = turns.length - to
    return html`
      ${
        from > 0
          ? html`<button
              type="button"
              class="button-link"
@click=${() => this.#show(Math.max(0, from - MORE), to)}
            >
              ${text.earlier(from)}
            </button>`
          : nothing
      }
      <ol class="turns" tabindex="-1" start=${from + 1}>
        ${turns.slice(from, to).map(turn => this.#turn(turn))}
      </ol>
      ${
        rest > 0
          ? html`<button
              type="button"
              class="button-link"
@click=${() => this.#show(from, Math.min(turns.length, to + MORE))}
            >
              ${text.later(rest)}
            </button>`
          : nothing
      }
    `
  }

  /** Shows more; the focus does not go with the button that may go. */
  #show(from: number, to: number): void {
    this.range = [from, to]
    this.querySelector<HTMLElement>('.turns')?.focus({ preventScroll: true })
  }

  #turn(turn: Turn): TemplateResult {
    const text = this.text.conversation
    const quoted = this.place?.n === turn.n
    const stretches = markText(turn.text, turn.marks, quoted ? this.place : null)
    return html`<li class="turn turn-${turn.speaker} ${quoted ? 'turn-quoted' : ''}">
      <p class="turn-head">
        <span class="turn-speaker">${text.speakers[turn.speaker]}</span>
        ${turn.start_ms === null ? nothing : html`<time>${formatDuration(turn.start_ms / 1000)}</time>`}
      </p>
      <p class="turn-text">${stretches.map(stretch => this.#stretch(stretch))}</p>
    </li>`
  }

  #stretch({ text, kinds, themes, quoted }: Stretch): unknown {
    const words = quoted ? html`<span class="quoted">${text}</span>` : text
    const kind = kinds[0]
    if (kind === undefined) return words
    const said = [kinds.map(name => this.#kind(name)).join(', '), themes.join('; ')]
      .filter(Boolean)
      .join(': ')
    return html`<mark class="mark mark-${kind}" title=${said}
      >${words}<span class="visually-hidden"> (${said})</span></mark
    >`
  }

  #kind(kind: string): string {
    const { marks } = this.text.conversation
    return kind in marks ? marks[kind as keyof typeof marks] : kind
  }

  /** Which colour is which kind, for those met in this conversation. */
  #legend(found: Conversation): unknown {
    const kinds = new Set(found.turns.flatMap(turn => turn.marks.map(mark => mark.kind)))
    if (kinds.size === 0) return nothing
    return html`<p class="legend">
      ${this.text.conversation.legend}:
      ${[...kinds].map(kind => html`<span class="mark mark-${kind}">${this.#kind(kind)}</span> `)}
    </p>`
  }

  #facts(found: Conversation): TemplateResult {
    const text = this.text.conversation
    const { deal } = found
    const status = deal && (text.statuses[deal.status as keyof typeof text.statuses] ?? deal.status)
    const amount =
      deal?.amount == null ? null : formatMoney(deal.amount, deal.currency ?? 'RUB', this.language)
    const facts: [string, string | null | undefined][] = [
      [text.started, found.startedAt && formatMoment(found.startedAt, this.language)],
      [text.duration, found.durationS === null ? null : formatDuration(found.durationS)],
      [text.manager, found.manager],
      [text.source, found.source],
      [text.deal, deal?.title],
      [text.status, status],
      [text.stage, deal?.stage],
      [text.amount, amount],
    ]
    return html`<section class="conversation-facts" aria-label=${text.facts}>
      <dl>
        ${facts
          .filter(([, value]) => value)
          .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>
      ${deal ? nothing : html`<p class="hint">${text.noDeal}</p>`}
      <p><a class="hint" href="/data/erase?client=${found.alias}">${text.erase}</a></p>
    </section>`
  }
}

define('vb-conversation-view', ConversationView)
