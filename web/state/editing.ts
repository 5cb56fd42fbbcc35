/** Editing a notebook: each act turns one state into the next and can be undone. Pure. */
import type { EditCell, EditText } from './editing-text.ts'

export interface EditState {
  now: EditText
  past: readonly EditText[]
  future: readonly EditText[]
  nextKey: number
  /** The cell that is being typed into: its whole stretch of typing is one act. */
  typing: number | null
}

export type EditAct =
  | { type: 'type'; key: number; body: string }
  | { type: 'stop-typing' }
  | { type: 'name'; key: number; name: string }
  | { type: 'kind'; key: number; kind: string; body?: string }
  /** `at` is the place that the new cell gets. */
  | { type: 'insert'; at: number; kind: string; body: string }
  | { type: 'duplicate'; key: number }
  | { type: 'move'; key: number; by: number }
  | { type: 'remove'; key: number }
  /** Another text in the place of all: a version taken back, or one merged. */
  | { type: 'replace'; text: EditText }
  | { type: 'undo' }
  | { type: 'redo' }

const MAX_PAST = 200

export function startEditing(now: EditText): EditState {
  return { now, past: [], future: [], nextKey: freeKey(now), typing: null }
}

const freeKey = ({ cells }: EditText) => Math.max(0, ...cells.map(({ key }) => key)) + 1

/** The state after an act; the same one when there is nothing to do. */
export function reduceEditing(state: EditState, act: EditAct): EditState {
  const { cells } = state.now
  const place = 'key' in act ? cells.findIndex(({ key }) => key === act.key) : -1
  const cell = cells[place]
  switch (act.type) {
    case 'type': {
      if (!cell || cell.body === act.body) return state
      const next = withCells(state, patch(cells, place, { body: act.body }))
      if (state.typing === act.key) return { ...state, now: next.now, future: [] }
      return { ...next, typing: act.key }
    }
    case 'stop-typing':
      return state.typing === null ? state : { ...state, typing: null }
    case 'name':
      return !cell || cell.name === act.name
        ? state
        : withCells(state, patch(cells, place, { name: act.name }))
    case 'kind':
      if (!cell || cell.kind === act.kind) return state
      return withCells(
        state,
        patch(cells, place, {
          kind: act.kind,
          fence: act.kind === 'markdown' ? null : (cell.fence ?? ''),
          ...(act.kind === 'markdown' && { name: '' }),
          ...(act.body !== undefined && { body: act.body }),
        }),
      )
    case 'insert': {
      const at = Math.max(0, Math.min(cells.length, act.at))
      const made: EditCell = {
        key: state.nextKey,
        kind: act.kind,
        name: '',
        body: act.body,
        fence: act.kind === 'markdown' ? null : '',
        gap: [''],
      }
      return { ...withCells(state, cells.toSpliced(at, 0, made)), nextKey: state.nextKey + 1 }
    }
    case 'duplicate': {
      if (!cell) return state
      const name = cell.name === '' ? '' : freeName(cell.name, cells)
      const copy = { ...cell, key: state.nextKey, name, gap: [''] }
      return { ...withCells(state, cells.toSpliced(place + 1, 0, copy)), nextKey: state.nextKey + 1 }
    }
    case 'move': {
      const to = Math.max(0, Math.min(cells.length - 1, place + act.by))
      if (!cell || to === place) return state
      return withCells(state, cells.toSpliced(place, 1).toSpliced(to, 0, cell))
    }
    case 'remove':
      return cell ? withCells(state, cells.toSpliced(place, 1)) : state
    case 'replace':
      return {
        ...step(state, act.text),
        nextKey: Math.max(state.nextKey, freeKey(act.text)),
      }
    case 'undo': {
      const before = state.past.at(-1)
      if (!before) return state
      const { now, past, future } = state
      return { ...state, now: before, past: past.slice(0, -1), future: [now, ...future], typing: null }
    }
    case 'redo': {
      const [after, ...future] = state.future
      if (!after) return state
      return { ...state, now: after, past: [...state.past, state.now], future, typing: null }
    }
  }
}

function step(state: EditState, now: EditText): EditState {
  return { ...state, now, past: [...state.past, state.now].slice(-MAX_PAST), future: [], typing: null }
}

const withCells = (state: EditState, cells: readonly EditCell[]) => step(state, { ...state.now, cells })

const patch = (cells: readonly EditCell[], place: number, change: Partial<EditCell>) =>
  cells.with(place, { ...cells[place]!, ...change })

/** `top` -> `top_2`, or the next number that no cell has. */
export function freeName(name: string, cells: readonly { name: string }[]): string {
  const stem = name.replace(/_\d+$/, '')
  const taken = new Set(cells.map(cell => cell.name))
  for (let n = 2; ; n++) if (!taken.has(`${stem}_${n}`)) return `${stem}_${n}`
}
