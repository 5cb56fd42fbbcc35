/**
 * What is on the page while a notebook is edited: its text, what was run, which cell is chosen and which is open. Elements
 * watch one cell, the order of cells or the line at the foot, and hear of nothing else: a key in a cell of a notebook of
 * two thousand costs what it costs in one of ten.
 */
import type { Block } from '../../server/api/contract.ts'
import type { EditAct } from './editing.ts'
import { EditingController } from './editing-controller.ts'
import { cellIds, type EditCell, type EditText, printText } from './editing-text.ts'
import { type BlockView, blockOf, isSettled } from './run.ts'
import type { RunController } from './run-controller.ts'

/** A cell as it is drawn; a new object whenever one of these is another. */
export interface CellState {
  cell: EditCell
  /** As the server calls it; absent for prose without words. */
  id: string | undefined
  /** The last one of the notebook. */
  last: boolean
  /** As it was when it ran last. */
  block: Block
  view: BlockView
  chosen: boolean
  open: boolean
  /** Its source is another than the one that ran. */
  changed: boolean
}

/** `order`: which cells there are; `bar`: saving, undo, notices; `page`: conflicts, faults, what the editor opens with. */
type Topic = 'order' | 'bar' | 'page'

/** Told to screen readers. */
export type Said = { what: 'removed' | 'restored' } | { what: 'moved'; place: number; of: number }

export class EditorSession {
  readonly editing: EditingController
  readonly run: RunController
  /** Key of the cell that keys speak to. */
  chosen: number | null = null
  /** Key of the cell whose source is open. */
  open: number | null = null
  said: Said | null = null
  /** Asked to run the notebook; all is saved by then. */
  onRun: () => void = () => undefined
  /** Asked to put the focus into the chosen cell. */
  onFocus: () => void = () => undefined
  /** Cells as they ran last, by key. */
  #ran = new Map<number, Block>()
  #ids = new Map<number, string>()
  #places = new Map<number, number>()
  #cells: readonly EditCell[] = []
  #drawn = new Map<number, CellState>()
  #cellWatchers = new Map<number, () => void>()
  #watchers: Record<Topic, Set<() => void>> = { order: new Set(), bar: new Set(), page: new Set() }
  #typing = false

  constructor(id: string, run: RunController) {
    this.run = run
    this.editing = new EditingController(
      {
        addController: () => undefined,
        removeController: () => undefined,
        requestUpdate: () => this.update(),
        updateComplete: Promise.resolve(true),
      },
      id,
    )
  }

  /** Reads the notebook; `editing.failure` says why it could not be. */
  async begin(): Promise<void> {
    await this.editing.open()
    const { state, base, notice } = this.editing
    if (!state) return
    this.#ran = blocksOf(base)
    this.chosen ??= state.now.cells[0]?.key ?? null
    this.update()
    if (notice === 'restored') void this.runAll()
  }

  close(): void {
    this.editing.close()
  }

  /** Resolves when the first cells have come to something, or after a time. */
  settled(count: number, ms: number): Promise<void> {
    const first = this.cells.slice(0, count).map(({ key }) => this.#ran.get(key)?.id ?? '\0')
    const isDone = () => first.every(id => id === '\0' || isSettled(blockOf(this.run.view, id)))
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        unwatch()
        resolve()
      }
      const timer = setTimeout(end, ms)
      const unwatch = this.watch('page', () => isDone() && end())
      if (isDone()) end()
    })
  }

  /** Hears of one cell. Returns how to stop. */
  watchCell(key: number, hear: () => void): () => void {
    this.#cellWatchers.set(key, hear)
    return () => {
      if (this.#cellWatchers.get(key) === hear) this.#cellWatchers.delete(key)
    }
  }

  watch(topic: Topic, hear: () => void): () => void {
    this.#watchers[topic].add(hear)
    return () => this.#watchers[topic].delete(hear)
  }

  get cells(): readonly EditCell[] {
    return this.editing.state?.now.cells ?? []
  }

  get ids(): ReadonlyMap<number, string> {
    return this.#ids
  }

  place(key: number | null): number {
    return key === null ? -1 : (this.#places.get(key) ?? -1)
  }

  /** A cell as it is drawn; the same object as long as nothing of it changed. */
  cellState(key: number): CellState {
    const place = this.#places.get(key)!
    const cell = this.cells[place]!
    const last = place === this.cells.length - 1
    const id = this.#ids.get(key)
    const ran = this.#ran.get(key)
    const before = this.#drawn.get(key)
    const view = blockOf(this.run.view, ran?.id ?? '\0')
    const changed = ran !== undefined && (ran.body !== cell.body || ran.kind !== cell.kind)
    const [chosen, open] = [this.chosen === key, this.open === key]
    if (
      before &&
      before.cell === cell &&
      before.id === id &&
      before.last === last &&
      before.view === view &&
      before.changed === changed &&
      before.chosen === chosen &&
      before.open === open &&
      (ran === undefined || before.block === ran)
    )
      return before
    const block = ran ?? { id: id ?? '', kind: cell.kind, name: null, body: cell.body, line: 1 }
    const made = { cell, id, last, block, view, chosen, open, changed }
    this.#drawn.set(key, made)
    return made
  }

  /** What a cell gave when it ran last. */
  tableOf(key: number) {
    return blockOf(this.run.view, this.#ran.get(key)?.id ?? '\0').result?.table ?? null
  }

  /** Compares what is to be drawn with what was, and tells those whom it concerns. */
  update(): void {
    if (this.#typing) {
      this.#tell('bar')
      return
    }
    const { cells } = this
    const sameOrder =
      cells.length === this.#cells.length && cells.every((cell, i) => cell.key === this.#cells[i]!.key)
    if (cells !== this.#cells) {
      this.#ids = cellIds(cells)
      if (!sameOrder) this.#places = new Map(cells.map(({ key }, i) => [key, i]))
      this.#cells = cells
    }
    if (!sameOrder) {
      for (const key of this.#drawn.keys()) if (!this.#places.has(key)) this.#drawn.delete(key)
      this.#tell('order')
    }
    for (const [key, hear] of this.#cellWatchers) {
      if (!this.#places.has(key)) continue
      const before = this.#drawn.get(key)
      if (this.cellState(key) !== before) hear()
    }
    this.#tell('bar')
    this.#tell('page')
  }

  #tell(topic: Topic): void {
    for (const hear of this.#watchers[topic]) hear()
  }

  /** A key typed: nothing is looked at but this cell. */
  type(key: number, body: string): void {
    const before = this.cells[this.place(key)]
    this.#typing = true
    this.editing.act({ type: 'type', key, body })
    this.#typing = false
    // The list's own copy follows, so that the next look does not take it for another order.
    this.#cells = this.cells
    if (before?.kind === 'markdown' && (before.body.trim() === '') !== (body.trim() === '')) {
      this.#ids = cellIds(this.cells)
      this.update()
    } else if (this.cellState(key).cell !== before) this.#cellWatchers.get(key)?.()
  }

  /** A field of a form set: an act of its own, unlike the keys of a word. */
  set(key: number, body: string): void {
    this.act({ type: 'stop-typing' })
    this.type(key, body)
    this.act({ type: 'stop-typing' })
  }

  act(act: EditAct): void {
    this.editing.act(act)
  }

  choose(key: number | undefined | null, focus = true): void {
    if (key === undefined || key === null) return
    if (this.chosen !== key) {
      this.chosen = key
      this.update()
    }
    if (focus) this.onFocus()
  }

  openSource(key: number): void {
    this.act({ type: 'stop-typing' })
    this.chosen = key
    this.open = key
    this.update()
  }

  closeSource(focus = true): void {
    this.act({ type: 'stop-typing' })
    this.open = null
    this.update()
    if (focus) this.onFocus()
  }

  insert(at: number, kind: string, body: string): void {
    const key = this.editing.state!.nextKey
    this.act({ type: 'insert', at, kind, body })
    this.openSource(key)
  }

  duplicate(key: number): void {
    const made = this.editing.state!.nextKey
    this.act({ type: 'duplicate', key })
    this.choose(made)
  }

  remove(key: number): void {
    const place = this.place(key)
    const next = this.cells[place + 1] ?? this.cells[place - 1]
    if (this.open === key) this.open = null
    this.said = { what: 'removed' }
    this.act({ type: 'remove', key })
    this.choose(next?.key)
  }

  move(key: number, by: number): void {
    this.act({ type: 'move', key, by })
    this.said = { what: 'moved', place: this.place(key) + 1, of: this.cells.length }
    this.update()
    this.choose(key, this.open === null)
  }

  /** Undo or redo. */
  step(type: 'undo' | 'redo'): void {
    const place = this.place(this.chosen)
    this.act({ type })
    // A cell that has moved has lost the focus on its way.
    const gone = this.place(this.chosen) === -1
    this.choose(gone ? this.cells[Math.max(0, place - 1)]?.key : this.chosen)
  }

  /** A version's cells in the place of these; those that are the same stay what they are. */
  restore(version: EditText): void {
    this.editing.replace(version)
    this.said = { what: 'restored' }
    if (this.place(this.chosen) === -1) this.chosen = this.cells[0]?.key ?? null
    void this.runAll()
  }

  resolve(choice: 'mine' | 'theirs' | 'both'): void {
    this.open = null
    this.editing.resolve(choice)
    void this.runAll()
  }

  /** Saves, then runs. What was seen stays with its cell, though its id may be another by now. */
  async runAll(): Promise<void> {
    const { editing } = this
    if (!(await editing.flush())) return
    const now = blocksOf(editing.base)
    const ids = new Map(
      [...this.#ran].flatMap(([key, { id }]) => {
        const next = now.get(key)?.id
        return next === undefined ? [] : [[id, next] as const]
      }),
    )
    this.run.renameBlocks(ids)
    // A block that is what it was stays the same object: nothing that shows it is drawn again.
    this.#ran = new Map([...now].map(([key, block]) => [key, sameBlock(this.#ran.get(key), block)]))
    this.update()
    this.onRun()
  }

  /** Shift+Enter: runs, and goes on to the next cell, as notebooks do. */
  runAndGo(key: number): void {
    this.closeSource(false)
    this.choose(this.cells[this.place(key) + 1]?.key ?? key)
    void this.runAll()
  }
}

function sameBlock(before: Block | undefined, now: Block): Block {
  if (!before) return now
  const same = (['id', 'kind', 'name', 'body', 'line'] as const).every(field => before[field] === now[field])
  return same ? before : now
}

function blocksOf(text: EditText): Map<number, Block> {
  const [ids, { lines }] = [cellIds(text.cells), printText(text)]
  return new Map(
    text.cells.flatMap(({ key, kind, name, body }) => {
      const [id, line] = [ids.get(key), lines.get(key)]
      return id === undefined || !line ? [] : [[key, { id, kind, name: name || null, body, line }] as const]
    }),
  )
}
