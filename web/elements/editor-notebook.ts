/**
 * <vb-notebook-editor>: a notebook while it is edited: its cells, adding to them, keys, saving. Tells `vb-run` when it
 * should be run (all is saved by then), `vb-ready` when its cells stand, and `vb-finish` when the reader wants to read again.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { KindSummary, NotebookDocument, SchemaTable, Status } from '../../server/api/contract.ts'
import { getSchema } from '../api.ts'
import { getKinds } from '../api-editing.ts'
import type { EditText } from '../state/editing-text.ts'
import { EditorSession } from '../state/editor-session.ts'
import type { RunController } from '../state/run-controller.ts'
import { addMenu } from './editor-add.ts'
import './editor-bar.ts'
import type { CellSurroundings, EditorCell } from './editor-cell.ts'
import './editor-cells.ts'
import type { EditorCells } from './editor-cells.ts'
import { type CommandParts, type Dialog, exampleOf, paletteItems, perform } from './editor-commands.ts'
import './editor-conflict.ts'
import './editor-help.ts'
import { type Command, readKey } from './editor-keys.ts'
import { wordsFor } from './editor-words.ts'
import { define, WorkbenchElement } from './element.ts'
import './history-dialog.ts'
import { errorNote, loadingNote } from './message.ts'
import { fileErrors } from './notebook-errors.ts'
import './palette.ts'

/** What is known already is there at once, without a jump; what takes its time comes later. */
const FIRST_CELLS = 6
const PATIENCE_MS = 300

export class NotebookEditor extends WorkbenchElement {
  static override properties = {
    notebook: { attribute: false },
    status: { attribute: false },
    run: { attribute: false },
    view: { attribute: false },
    kinds: { state: true },
    dialog: { state: true },
    shown: { state: true },
  }
  declare notebook: NotebookDocument
  declare status: Status
  declare run: RunController
  /** `run.view`, so that a change of it is seen. */
  declare view: RunController['view']
  declare kinds: readonly KindSummary[]
  declare dialog: Dialog | null
  declare shown: boolean
  #session: EditorSession | undefined
  #schema: readonly SchemaTable[] = []
  #around: CellSurroundings | undefined
  #lastKey = ''
  /** Where a cell goes that is added between two. */
  #at = 0

  constructor() {
    super()
    this.kinds = []
    this.dialog = null
    this.shown = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#onPalette)
    const nothingKnown = () => undefined
    void getKinds().then(kinds => {
      this.kinds = kinds
    }, nothingKnown)
    void getSchema().then(schema => {
      this.#schema = schema
    }, nothingKnown)
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#onPalette)
    this.#session?.close()
    super.disconnectedCallback()
  }

  readonly #onPalette = (event: KeyboardEvent) => {
    if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (this.dialog === null && !this.#session?.editing.conflict) this.dialog = 'palette'
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { notebook, status, view, kinds } = this
    if (!this.#session) this.#begin()
    else if (changed.has('view')) this.#session.update()
    if (
      !this.#around ||
      changed.has('notebook') ||
      changed.has('kinds') ||
      this.#around.resolved !== view.inputs
    )
      this.#around = {
        language: notebook.language,
        currency: status.currency,
        inputs: notebook.inputs,
        resolved: view.inputs,
        choices: notebook.choices,
        kinds,
        words: key => this.#words(key),
        addAfter: key => {
          this.#at = this.#session!.place(key) + 1
        },
      }
  }

  #begin(): void {
    const session = new EditorSession(this.notebook.id, this.run)
    this.#session = session
    session.watch('page', () => this.requestUpdate())
    session.onRun = () => this.dispatchEvent(new CustomEvent('vb-run'))
    session.onFocus = () => void this.#focus()
    void this.#open()
  }

  async #open(): Promise<void> {
    const session = this.#session!
    await session.begin()
    this.dispatchEvent(new CustomEvent('vb-ready'))
    await session.settled(FIRST_CELLS, PATIENCE_MS)
    this.shown = true
    void this.#focus()
  }

  async #focus(): Promise<void> {
    const session = this.#session!
    await this.updateComplete
    await this.querySelector<EditorCells>('vb-editor-cells')?.updateComplete
    if (session.open !== null || session.chosen === null) return
    const cell = this.querySelector<EditorCell>(`vb-editor-cell[data-key="${session.chosen}"]`)
    await cell?.updateComplete
    cell?.querySelector<HTMLElement>('.cell')?.focus()
  }

  get #parts(): CommandParts {
    return {
      session: this.#session!,
      kinds: this.kinds,
      finish: () => void this.#finish(),
      show: dialog => void this.#show(dialog),
    }
  }

  async #show(dialog: Dialog): Promise<void> {
    if (dialog === 'history') {
      this.#session!.open = null
      this.#session!.update()
      await this.#session!.editing.flush()
    }
    this.dialog = dialog
  }

  #onKey(event: KeyboardEvent): void {
    const command = readKey(event, this.#lastKey)
    this.#lastKey = command === null ? event.code : ''
    if (command === null) return
    event.preventDefault()
    perform(command, this.#parts)
  }

  async #finish(): Promise<void> {
    this.#session!.open = null
    await this.#session!.editing.flush()
    this.dispatchEvent(new CustomEvent('vb-finish'))
  }

  protected override render(): TemplateResult {
    const session = this.#session!
    const { editing } = session
    if (editing.failure && !editing.state)
      return html`${errorNote(editing.failure, this.text, () => void this.#open())}`
    if (!editing.state || !this.shown) return loadingNote(this.text)
    const text = this.text.editing
    const last = editing.state.now.cells.length
    const menu = { kinds: this.kinds, text, language: this.language }
    const insert = (at: number, kind: string) => session.insert(at, kind, exampleOf(this.kinds, kind))
    return html`
      ${editing.errors.length > 0 ? fileErrors(editing.errors, this.text, this.language) : nothing}
      ${last === 0 ? html`<p class="cells-empty" lang=${this.language}>${text.empty}</p>` : nothing}
      <vb-editor-cells
        class="cells"
        .session=${session}
        .around=${this.#around!}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      ></vb-editor-cells>
      ${addMenu({ ...menu, id: 'add-last', label: last === 0 ? text.addFirst : text.add, add: kind => insert(last, kind) })}
      ${addMenu({ ...menu, id: 'add-between', label: null, add: kind => insert(this.#at, kind) })}
      <vb-editor-bar
        .session=${session}
        @vb-command=${(event: CustomEvent<Command>) => perform(event.detail, this.#parts)}
        @vb-open=${(event: CustomEvent<Dialog>) => void this.#show(event.detail)}
      ></vb-editor-bar>
      ${this.#dialog(session)}
      ${
        editing.conflict
          ? html`<vb-conflict
              lang=${this.language}
              .mine=${editing.state.now}
              .theirs=${editing.conflict.theirs}
              @vb-choose=${(event: CustomEvent<'mine' | 'theirs' | 'both'>) => session.resolve(event.detail)}
            ></vb-conflict>`
          : nothing
      }
    `
  }

  #dialog(session: EditorSession): unknown {
    const close = (dialog: Dialog) => {
      if (this.dialog !== dialog) return
      this.dialog = null
      void this.#focus()
    }
    switch (this.dialog) {
      case 'keys':
        return html`<vb-keys-help @vb-close=${() => close('keys')}></vb-keys-help>`
      case 'palette':
        return html`<vb-palette
          lang=${this.language}
          .items=${paletteItems(this.#parts, this.text.editing)}
          @vb-close=${() => close('palette')}
        ></vb-palette>`
      case 'history':
        return html`<vb-history
          .notebookId=${this.notebook.id}
          .now=${session.editing.state!.now}
          @vb-close=${() => close('history')}
          @vb-restore=${(event: CustomEvent<EditText>) => session.restore(event.detail)}
        ></vb-history>`
      default:
        return nothing
    }
  }

  #words(key: number) {
    const session = this.#session!
    return wordsFor({
      cells: session.cells,
      key,
      schema: this.#schema,
      kinds: this.kinds,
      notebook: this.notebook,
      tableOf: other => session.tableOf(other),
    })
  }
}

define('vb-notebook-editor', NotebookEditor)
