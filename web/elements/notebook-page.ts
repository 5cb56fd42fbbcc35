/**
 * <vb-notebook-page notebook-id>: reading a notebook. Runs at once and after each change of an input; what was seen stays
 * until its successor comes. Values are kept in the address, an open quote behind its hash, so both can be sent on.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { NotebookDocument, Status } from '../../server/api/contract.ts'
import { getNotebook, getStatus } from '../api.ts'
import { hasDraft } from '../state/editing-drafts.ts'
import { type InputTexts, readInputs, writeInputs } from '../state/inputs.ts'
import { openBeside } from '../state/open-beside.ts'
import { interceptLinks, matchRoute, navigate } from '../state/router.ts'
import { blockOf, isSettled } from '../state/run.ts'
import { RunController } from '../state/run-controller.ts'
import './block.ts'
import { define, WorkbenchElement } from './element.ts'
import './input-bar.ts'
import { errorNote, loadingNote } from './message.ts'
import { fileErrors } from './notebook-errors.ts'
import { notebookHead, runState } from './notebook-head.ts'

/** Until then results are shown from the top down only, so that one that comes late pushes nothing that is read. */
const PATIENCE_MS = 1500

export class NotebookPage extends WorkbenchElement {
  static override properties = {
    notebookId: { attribute: 'notebook-id' },
    notebook: { state: true },
    status: { state: true },
    failure: { state: true },
    values: { state: true },
    quote: { state: true },
    patient: { state: true },
    editing: { state: true },
  }
  declare notebookId: string
  declare notebook: NotebookDocument | null
  declare status: Status | null
  declare failure: unknown
  declare values: InputTexts
  /** Address of the open quote's conversation. */
  declare quote: URL | null
  declare patient: boolean
  /** Its cells are being edited; the code for it comes when it is first asked for. */
  declare editing: boolean
  readonly run = new RunController(this)
  #stops: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.notebookId = ''
    this.notebook = null
    this.status = null
    this.failure = null
    this.values = {}
    this.quote = null
    this.patient = true
    this.editing = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const onMove = () => this.#readAddress()
    addEventListener('popstate', onMove)
    const onReturn = () => void this.#compareData()
    document.addEventListener('visibilitychange', onReturn)
    const onKey = (event: KeyboardEvent) => {
      const free = event.target === document.body || (event.target as Element).matches?.('main')
      if (event.code !== 'KeyE' || !free || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      void this.#edit()
    }
    addEventListener('keydown', onKey)
    this.#stops = [
      () => removeEventListener('popstate', onMove),
      () => document.removeEventListener('visibilitychange', onReturn),
      () => removeEventListener('keydown', onKey),
      interceptLinks(url => openBeside(url, { instead: this.quote !== null })),
    ]
  }

  override disconnectedCallback(): void {
    for (const stop of this.#stops) stop()
    clearTimeout(this.#timer)
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Loaded when the first quote is opened: most readers open none.
    if (this.quote !== null) void import('./conversation-panel.ts')
    if (!changed.has('notebookId')) return
    this.editing = false
    void this.#load()
  }

  async #edit(): Promise<void> {
    if (this.notebook === null || this.editing) return
    try {
      await import('./editor-notebook.ts')
      this.editing = true
    } catch (error) {
      this.failure = error
    }
  }

  async #finish(): Promise<void> {
    this.editing = false
    await this.#load()
  }

  async #load(): Promise<void> {
    const id = this.notebookId
    this.notebook = null
    this.failure = null
    this.run.clear()
    // What was typed and never saved is not to be missed.
    const editing = location.hash === '#edit' || hasDraft(id)
    try {
      const [notebook, status] = await Promise.all([
        getNotebook(id),
        getStatus(),
        ...(editing ? [import('./editor-notebook.ts')] : []),
      ])
      if (id !== this.notebookId) return
      this.notebook = notebook
      this.status = status
      this.editing = editing
    } catch (error) {
      if (id === this.notebookId) this.failure = error
      return
    }
    this.dispatchEvent(new CustomEvent('vb-title', { detail: this.notebook.title, bubbles: true }))
    this.values = readInputs(new URLSearchParams(location.search), this.notebook.inputs)
    this.quote = quoteOfHash()
    this.patient = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.patient = false
    }, PATIENCE_MS)
    // The editor comes first, then what is to be seen in it.
    if (!editing) this.#start()
  }

  #start(): void {
    void this.run.start({ notebook: this.notebookId, values: this.values })
  }

  /** When the reader comes back to this tab: whether something was loaded or mined since. */
  async #compareData(): Promise<void> {
    if (document.hidden || !this.status) return
    const status = await getStatus().catch(() => null)
    if (status === null || !this.status) return
    const told = ({ tables, mining }: Status) => JSON.stringify([tables, mining])
    if (told(status) !== told(this.status)) this.run.markDataChanged()
    this.status = status
  }

  /** After Back, Forward or a change of ours: what the address says now. */
  #readAddress(): void {
    const route = matchRoute(location.pathname)
    if (!this.notebook || route.page !== 'notebook' || route.id !== this.notebookId) return
    this.quote = quoteOfHash()
    const values = readInputs(new URLSearchParams(location.search), this.notebook.inputs)
    if (JSON.stringify(values) === JSON.stringify(this.values)) return
    this.values = values
    this.#start()
  }

  #change(values: InputTexts): void {
    const query = writeInputs(values, this.notebook!.inputs)
    navigate(`${location.pathname}${query && `?${query}`}${location.hash}`, { replace: true })
  }

  #closeQuote(): void {
    navigate(`${location.pathname}${location.search}`)
  }

  protected override render(): TemplateResult {
    if (this.failure !== null)
      return html`<div class="page">
        <h1 class="visually-hidden">${this.text.notebooks.title}</h1>
        ${errorNote(this.failure, this.text, () => void this.#load())}
        <p><a href="/">${this.text.shell.toNotebooks}</a></p>
      </div>`
    const { notebook, status } = this
    if (notebook === null || status === null) return html`<div class="page">${loadingNote(this.text)}</div>`
    const { view } = this.run
    return html`
      <article class="page notebook" lang=${notebook.language}>
        ${notebookHead(notebook, writeInputs(this.values, notebook.inputs), this.text, this.language, this.editing ? null : () => void this.#edit())}
        <div class="notebook-bar" lang=${this.language}>
          ${
            notebook.inputs.length > 0
              ? html`<vb-input-bar
                  .specs=${notebook.inputs}
                  .choices=${notebook.choices}
                  .values=${this.values}
                  .resolved=${view.inputs}
                  .invalid=${this.run.failedInput}
                  @vb-change=${(event: CustomEvent<InputTexts>) => this.#change(event.detail)}
                ></vb-input-bar>`
              : nothing
          }
          ${runState(this.run, this.text, this.language, () => this.#start())}
        </div>
        ${notebook.errors.length > 0 && !this.editing ? fileErrors(notebook.errors, this.text, this.language) : nothing}
        ${this.run.failure === null ? nothing : errorNote(this.run.failure, this.text, () => this.#start())}
        ${this.editing ? this.#editor(notebook, status) : notebook.blocks.length === 0 ? html`<p>${this.text.notebook.empty}</p>` : this.#blocks(notebook, status)}
      </article>
      ${
        this.quote === null
          ? nothing
          : html`<vb-conversation-panel
              .address=${this.quote}
              @vb-close=${() => this.#closeQuote()}
            ></vb-conversation-panel>`
      }
    `
  }

  #editor(notebook: NotebookDocument, status: Status): TemplateResult {
    return html`<vb-notebook-editor
      .notebook=${notebook}
      .status=${status}
      .run=${this.run}
      .view=${this.run.view}
      @vb-run=${() => this.#start()}
      @vb-ready=${() => {
        if (this.run.view.run === null) this.#start()
      }}
      @vb-finish=${() => void this.#finish()}
    ></vb-notebook-editor>`
  }

  #blocks(notebook: NotebookDocument, status: Status): TemplateResult[] {
    const { view } = this.run
    let open = true
    return notebook.blocks.map(block => {
      const state = blockOf(view, block.id)
      // A rerun has old results to show in the meantime; the first run fills the page from the top.
      const shown = open || !this.patient
      open &&= isSettled(state)
      return html`<vb-block
        .block=${block}
        .notebookId=${notebook.id}
        .view=${state}
        ?hidden=${!shown}
        .notebookLanguage=${notebook.language}
        .currency=${status.currency}
        .inputs=${notebook.inputs}
        .resolved=${view.inputs}
        .choices=${notebook.choices}
      ></vb-block>`
    })
  }
}

/** `#/conversations/…` -> that address. */
function quoteOfHash(): URL | null {
  if (!location.hash.startsWith('#/conversations/')) return null
  return new URL(location.hash.slice(1), location.origin)
}

define('vb-notebook-page', NotebookPage)
