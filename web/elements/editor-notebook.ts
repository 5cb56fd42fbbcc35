/**
 * <vb-notebook-editor>: a notebook while it is edited: its cells, adding to them, keys, saving. Tells `vb-run` when it
 * should be run (all is saved by then) and `vb-finish` when the reader wants to read again.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Block, KindSummary, NotebookDocument, SchemaTable, Status } from '../../server/api/contract.ts'
import { getSchema } from '../api.ts'
import { getKinds } from '../api-editing.ts'
import type { EditAct } from '../state/editing.ts'
import { EditingController } from '../state/editing-controller.ts'
import { cellIds, type EditCell, type EditText, printText } from '../state/editing-text.ts'
import { blockOf } from '../state/run.ts'
import type { RunController } from '../state/run-controller.ts'
import type { CellWords } from './cell-completion.ts'
import { addLine, addMenu } from './editor-add.ts'
import { editorBar } from './editor-bar.ts'
import './editor-cell.ts'
import type { CellAct, CellSurroundings, EditorCell } from './editor-cell.ts'
import './editor-conflict.ts'
import './editor-help.ts'
import { type Command, readKey } from './editor-keys.ts'
import { wordsFor } from './editor-words.ts'
import { define, WorkbenchElement } from './element.ts'
import './history-dialog.ts'
import { icon } from './icon.ts'
import { errorNote, loadingNote } from './message.ts'
import { fileErrors } from './notebook-errors.ts'
import './palette.ts'
import type { PaletteItem } from './palette.ts'

export class NotebookEditor extends WorkbenchElement {
  static override properties = {
    notebook: { attribute: false },
    status: { attribute: false },
    run: { attribute: false },
    view: { attribute: false },
    chosen: { state: true },
    open: { state: true },
    kinds: { state: true },
    said: { state: true },
    dialog: { state: true },
  }
  declare notebook: NotebookDocument
  declare status: Status
  declare run: RunController
  /** `run.view`, so that a change of it is seen. */
  declare view: RunController['view']
  /** Key of the cell that keys speak to. */
  declare chosen: number | null
  /** Key of the cell whose source is open. */
  declare open: number | null
  declare kinds: readonly KindSummary[]
  /** Told to screen readers. */
  declare said: string
  declare dialog: 'history' | 'keys' | 'palette' | null
  #editing: EditingController | undefined
  /** Cells as they ran last, by key. */
  #ran = new Map<number, Block>()
  #schema: readonly SchemaTable[] = []
  #around: CellSurroundings | undefined
  #wordsByKey = new Map<number, () => CellWords>()
  #lastKey = ''
  /** Where a cell goes that is added between two. */
  #at = 0

  constructor() {
    super()
    this.chosen = null
    this.open = null
    this.kinds = []
    this.said = ''
    this.dialog = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#onPalette)
    void getKinds().then(
      kinds => {
        this.kinds = kinds
      },
      () => undefined,
    )
    void getSchema().then(
      schema => {
        this.#schema = schema
      },
      () => undefined,
    )
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#onPalette)
    super.disconnectedCallback()
  }

  readonly #onPalette = (event: KeyboardEvent) => {
    if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (this.dialog === null && !this.#editing?.conflict) this.dialog = 'palette'
  }

  #palette(): PaletteItem[] {
    const { editing: text } = this.text
    const run = (label: string, command: Command, key?: string) => ({
      label,
      ...(key !== undefined && { key }),
      act: () => this.#command(command),
    })
    const ids = cellIds(this.#cells)
    const kinds = ['markdown', ...this.kinds.map(({ kind }) => kind)]
    return [
      run(text.run, 'run', 'Ctrl+Enter'),
      run(text.open, 'open', 'Enter'),
      run(text.up, 'up', 'Alt+↑'),
      run(text.down, 'down', 'Alt+↓'),
      run(text.remove, 'remove', 'D D'),
      run(text.undo, 'undo', 'Z'),
      run(text.redo, 'redo', 'Shift+Z'),
      run(text.keys.title, 'help', 'H'),
      { label: text.history.title, act: () => void this.#openHistory() },
      run(text.finish, 'finish'),
      ...kinds.map(kind => ({
        label: text.palette.addKind((text.kinds as Record<string, string>)[kind] ?? kind),
        act: () => this.#insert(this.#place(this.chosen) + 1, kind),
      })),
      ...[...ids].map(([key, id]) => ({ label: text.palette.toCell(id), act: () => this.#choose(key) })),
    ]
  }

  async #openHistory(): Promise<void> {
    this.open = null
    await this.#editing!.flush()
    this.dialog = 'history'
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.#editing) {
      this.#editing = new EditingController(this, this.notebook.id)
      void this.#editing.open().then(() => this.#begin())
    }
    const { notebook, status, view } = this
    if (!this.#around || changed.has('notebook') || this.#around.resolved !== view.inputs)
      this.#around = {
        language: notebook.language,
        currency: status.currency,
        inputs: notebook.inputs,
        resolved: view.inputs,
        choices: notebook.choices,
      }
  }

  #begin(): void {
    const editing = this.#editing!
    if (!editing.state) return
    this.#ran = this.#blocksOf(editing.base)
    this.chosen ??= editing.state.now.cells[0]?.key ?? null
    if (editing.notice === 'restored') void this.#runAll()
    void this.updateComplete.then(() => this.#focus())
  }

  #blocksOf(text: EditingController['base']): Map<number, Block> {
    const [ids, { lines }] = [cellIds(text.cells), printText(text)]
    return new Map(
      text.cells.flatMap(({ key, kind, name, body }) => {
        const [id, line] = [ids.get(key), lines.get(key)]
        return id === undefined || !line ? [] : [[key, { id, kind, name: name || null, body, line }] as const]
      }),
    )
  }

  /** Saves, then runs. What was seen stays with its cell, though its id may be another by now. */
  async #runAll(): Promise<void> {
    const editing = this.#editing!
    if (!(await editing.flush())) return
    const now = this.#blocksOf(editing.base)
    const ids = new Map(
      [...this.#ran].flatMap(([key, { id }]) => {
        const next = now.get(key)?.id
        return next === undefined ? [] : [[id, next] as const]
      }),
    )
    this.run.renameBlocks(ids)
    this.#ran = now
    this.requestUpdate()
    this.dispatchEvent(new CustomEvent('vb-run'))
  }

  get #cells(): readonly EditCell[] {
    return this.#editing?.state?.now.cells ?? []
  }

  #place(key: number | null): number {
    return this.#cells.findIndex(cell => cell.key === key)
  }

  #do(act: EditAct): void {
    this.#editing!.act(act)
  }

  #choose(key: number | undefined | null, focus = true): void {
    if (key === undefined || key === null) return
    this.chosen = key
    if (focus) void this.updateComplete.then(() => this.#focus())
  }

  async #focus(): Promise<void> {
    if (this.open !== null) return
    await this.#element(this.chosen)?.updateComplete
    this.#element(this.chosen)?.querySelector<HTMLElement>('.cell')?.focus()
  }

  #element(key: number | null): EditorCell | null {
    return this.querySelector<EditorCell>(`vb-editor-cell[data-key="${key}"]`)
  }

  #openSource(key: number): void {
    this.#do({ type: 'stop-typing' })
    this.chosen = key
    this.open = key
  }

  #closeSource(focus = true): void {
    this.#do({ type: 'stop-typing' })
    this.open = null
    if (focus) void this.updateComplete.then(() => this.#focus())
  }

  #insert(at: number, kind: string): void {
    const example = this.kinds.find(each => each.kind === kind)?.example ?? ''
    const key = this.#editing!.state!.nextKey
    this.#do({ type: 'insert', at, kind, body: example })
    this.#openSource(key)
  }

  #remove(key: number): void {
    const place = this.#place(key)
    const next = this.#cells[place + 1] ?? this.#cells[place - 1]
    this.#do({ type: 'remove', key })
    if (this.open === key) this.open = null
    this.said = this.text.editing.removed
    this.#choose(next?.key)
  }

  #move(key: number, by: number): void {
    this.#do({ type: 'move', key, by })
    this.said = this.text.editing.moved(this.#place(key) + 1, this.#cells.length)
    this.#choose(key, this.open === null)
  }

  #onAct(key: number, act: CellAct): void {
    switch (act.do) {
      case 'choose':
        this.chosen = key
        break
      case 'type':
        this.#do({ type: 'type', key, body: act.text })
        break
      case 'name':
        this.#do({ type: 'name', key, name: act.name })
        break
      case 'open':
        this.#openSource(key)
        break
      case 'close': {
        const prose = this.#cells[this.#place(key)]?.kind === 'markdown'
        this.#closeSource()
        if (prose) void this.#runAll()
        break
      }
      case 'run':
        if (this.open === key) this.#runAndGo(key)
        else void this.#runAll()
        break
      case 'duplicate': {
        const made = this.#editing!.state!.nextKey
        this.#do({ type: 'duplicate', key })
        this.#choose(made)
        break
      }
      case 'remove':
        this.#remove(key)
        break
      case 'up':
      case 'down':
        this.#move(key, act.do === 'up' ? -1 : 1)
    }
  }

  /** Shift+Enter: runs, and goes on to the next cell, as notebooks do. */
  #runAndGo(key: number): void {
    this.#closeSource(false)
    this.#choose(this.#cells[this.#place(key) + 1]?.key ?? key)
    void this.#runAll()
  }

  #onKey(event: KeyboardEvent): void {
    const command = readKey(event, this.#lastKey)
    this.#lastKey = command === null ? event.code : ''
    if (command === null) return
    event.preventDefault()
    this.#command(command)
  }

  #command(command: Command): void {
    if (command === 'finish') void this.#finish()
    else if (command === 'help') this.dialog = 'keys'
    else if (command === 'undo' || command === 'redo') this.#step(command)
    else {
      const place = this.#place(this.chosen)
      const cell = this.#cells[place]
      if (cell) this.#cellCommand(command, cell, place)
    }
  }

  #step(type: 'undo' | 'redo'): void {
    const place = this.#place(this.chosen)
    this.#do({ type })
    // A cell that has moved has lost the focus on its way.
    const gone = this.#place(this.chosen) === -1
    this.#choose(gone ? this.#cells[Math.max(0, place - 1)]?.key : this.chosen)
  }

  #cellCommand(
    command: Exclude<Command, 'finish' | 'help' | 'undo' | 'redo'>,
    { key }: EditCell,
    place: number,
  ): void {
    const acts: Record<typeof command, () => void> = {
      open: () => this.#openSource(key),
      above: () => this.#insert(place, 'sql'),
      below: () => this.#insert(place + 1, 'sql'),
      remove: () => this.#remove(key),
      text: () => this.#do({ type: 'kind', key, kind: 'markdown' }),
      query: () => this.#do({ type: 'kind', key, kind: 'sql' }),
      run: () => void this.#runAll(),
      'run-next': () => this.#runAndGo(key),
      next: () => this.#choose(this.#cells[place + 1]?.key),
      previous: () => this.#choose(this.#cells[place - 1]?.key),
      up: () => this.#move(key, -1),
      down: () => this.#move(key, 1),
    }
    acts[command]()
  }

  async #finish(): Promise<void> {
    this.open = null
    await this.#editing!.flush()
    this.dispatchEvent(new CustomEvent('vb-finish'))
  }

  protected override render(): TemplateResult {
    const editing = this.#editing
    if (editing?.failure && !editing.state)
      return html`${errorNote(editing.failure, this.text, () => void editing.open().then(() => this.#begin()))}`
    if (!editing?.state) return loadingNote(this.text)
    const text = this.text.editing
    const { cells } = editing.state.now
    const ids = cellIds(cells)
    const last = cells.length
    return html`
      ${editing.errors.length > 0 ? fileErrors(editing.errors, this.text, this.language) : nothing}
      ${cells.length === 0 ? html`<p class="cells-empty" lang=${this.language}>${text.empty}</p>` : nothing}
      <div class="cells" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
        ${repeat(
          cells,
          cell => cell.key,
          (cell, i) => this.#cell(cell, i, ids.get(cell.key)),
        )}
      </div>
      ${addMenu({
        id: 'add-last',
        kinds: this.kinds,
        text,
        language: this.language,
        label: cells.length === 0 ? text.addFirst : text.add,
        add: kind => this.#insert(last, kind),
      })}
      ${addMenu({
        id: 'add-between',
        kinds: this.kinds,
        text,
        language: this.language,
        label: null,
        add: kind => this.#insert(this.#at, kind),
      })}
      <p class="visually-hidden" role="status" lang=${this.language}>${this.said}</p>
      ${editorBar({
        editing,
        text: this.text,
        language: this.language,
        act: command => this.#command(command),
        tools: this.#tools(),
      })}
      ${this.dialog === 'keys' ? html`<vb-keys-help @vb-close=${() => this.#closeDialog()}></vb-keys-help>` : nothing}
      ${
        this.dialog === 'palette'
          ? html`<vb-palette
              lang=${this.language}
              .items=${this.#palette()}
              @vb-close=${() => {
                if (this.dialog === 'palette') this.#closeDialog()
              }}
            ></vb-palette>`
          : nothing
      }
      ${
        this.dialog === 'history'
          ? html`<vb-history
              .notebookId=${this.notebook.id}
              .now=${editing.state.now}
              @vb-close=${() => this.#closeDialog()}
              @vb-restore=${(event: CustomEvent<EditText>) => this.#restore(event.detail)}
            ></vb-history>`
          : nothing
      }
      ${
        editing.conflict
          ? html`<vb-conflict
              lang=${this.language}
              .mine=${editing.state.now}
              .theirs=${editing.conflict.theirs}
              @vb-choose=${(event: CustomEvent<'mine' | 'theirs' | 'both'>) => {
                this.open = null
                editing.resolve(event.detail)
                void this.#runAll()
              }}
            ></vb-conflict>`
          : nothing
      }
    `
  }

  #tools(): TemplateResult {
    const { history, keys } = this.text.editing
    const tool = (dialog: 'history' | 'keys', words: string) => html`<button
      type="button"
      class="button-icon"
      title=${words}
      aria-label=${words}
      @click=${() => {
        if (dialog === 'history') void this.#openHistory()
        else this.dialog = dialog
      }}
    >
      ${icon(dialog)}
    </button>`
    return html`${tool('history', history.title)} ${tool('keys', keys.title)}`
  }

  #closeDialog(): void {
    this.dialog = null
    void this.updateComplete.then(() => this.#focus())
  }

  /** A version's cells in the place of these; those that are the same stay what they are. */
  #restore(version: EditText): void {
    this.#editing!.replace(version)
    this.said = this.text.editing.history.restored
    if (this.#place(this.chosen) === -1) this.chosen = this.#cells[0]?.key ?? null
    void this.#runAll()
  }

  #cell(cell: EditCell, place: number, id: string | undefined): TemplateResult {
    const { key } = cell
    const ran = this.#ran.get(key)
    const text = this.text.editing
    const body = this.kinds.find(({ kind }) => kind === cell.kind)?.body
    return html`<vb-editor-cell
        data-key=${key}
        .cell=${cell}
        .cellId=${id}
        .block=${ran ?? { id: id ?? '', kind: cell.kind, name: null, body: cell.body, line: 1 }}
        .view=${blockOf(this.view, ran?.id ?? '\0')}
        .around=${this.#around!}
        .words=${this.#words(key)}
        .kind=${cell.kind === 'markdown' ? 'markdown' : (body ?? (cell.kind === 'sql' ? 'sql' : 'yaml'))}
        .chosen=${this.chosen === key}
        .open=${this.open === key}
        .changed=${ran !== undefined && (ran.body !== cell.body || ran.kind !== cell.kind)}
        @vb-act=${(event: CustomEvent<CellAct>) => this.#onAct(key, event.detail)}
      ></vb-editor-cell>
      ${
        place < this.#cells.length - 1
          ? addLine('add-between', text.addHere, this.language, () => {
              this.#at = place + 1
            })
          : nothing
      }`
  }

  /** Asked when a source is opened: what can be completed in it by then. */
  #words(key: number): () => CellWords {
    let words = this.#wordsByKey.get(key)
    if (!words) {
      words = () =>
        wordsFor({
          cells: this.#cells,
          key,
          schema: this.#schema,
          kinds: this.kinds,
          notebook: this.notebook,
          tableOf: other => blockOf(this.view, this.#ran.get(other)?.id ?? '\0').result?.table ?? null,
        })
      this.#wordsByKey.set(key, words)
    }
    return words
  }
}

define('vb-notebook-editor', NotebookEditor)
