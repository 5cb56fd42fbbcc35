/**
 * Editing one notebook for an element: opens it, takes acts, saves after a pause, meets what others have saved. What is
 * typed is kept as a draft at once and until the server has it.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { CellError } from '../../server/api/contract.ts'
import { ApiError } from '../api.ts'
import { getSource, saveNotebook } from '../api-editing.ts'
import { type EditAct, type EditState, reduceEditing, startEditing } from './editing.ts'
import { dropDraft, keepDraft, takeDraft } from './editing-drafts.ts'
import { keepKeys } from './editing-keys.ts'
import { mergeTexts } from './editing-merge.ts'
import { cellLines, type EditText, isSameText, printText, splitText } from './editing-text.ts'

/** After the last key, until what was typed is saved. */
const PAUSE_MS = 700
const RETRY_MS = 2500
/** Until it is kept in this browser: not at each key of a word. */
const KEEP_MS = 150

export type Saving = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused' | 'conflict'

export class EditingController implements ReactiveController {
  state: EditState | null = null
  saving: Saving = 'saved'
  /** Why it can't be opened or saved. */
  failure: unknown = null
  /** Both changed the same place: what others have made of it, and both together. */
  conflict: { theirs: EditText; revision: string; both: EditText } | null = null
  /** What happened without being asked for. */
  notice: 'restored' | 'merged' | null = null
  /** Faults of the file as last saved. */
  errors: readonly CellError[] = []
  /** The text as the server has it. */
  base: EditText = { head: [], cells: [] }
  readonly id: string
  readonly #host: ReactiveControllerHost
  #revision = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #keeping: ReturnType<typeof setTimeout> | undefined
  #going: Promise<void> | null = null
  #closed = false

  constructor(host: ReactiveControllerHost, id: string) {
    this.#host = host
    this.id = id
    host.addController(this)
    addEventListener('pagehide', this.#onHide)
    document.addEventListener('visibilitychange', this.#onReturn)
  }

  hostDisconnected(): void {
    this.close()
  }

  /** Ends it; what is not saved stays as a draft. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#keeping)
    this.#keep()
    removeEventListener('pagehide', this.#onHide)
    document.removeEventListener('visibilitychange', this.#onReturn)
  }

  readonly #onHide = () => this.#keep()
  readonly #onReturn = () => {
    if (!document.hidden) void this.look()
  }

  async open(): Promise<void> {
    try {
      const [source, draft] = await Promise.all([getSource(this.id), takeDraft(this.id)])
      this.errors = source.errors
      this.#revision = source.revision
      this.base = splitText(source.text, source.blocks)
      this.state = startEditing(this.base)
      this.failure = null
      if (draft && !isSameText(draft.now, this.base)) {
        this.state = reduceEditing(this.state, { type: 'replace', text: draft.now })
        this.notice = 'restored'
        if (draft.revision !== source.revision) this.#meet(draft.base, this.base, source.revision)
        this.#plan(0)
      } else dropDraft(this.id)
    } catch (error) {
      this.failure = error
    }
    this.#host.requestUpdate()
  }

  /** Does an act. Typing changes nothing that the host shows, but for the word that it is not saved. */
  act(act: EditAct): void {
    if (!this.state) return
    const before = this.state
    this.state = reduceEditing(before, act)
    if (this.state === before) return
    if (act.type !== 'type') this.#host.requestUpdate()
    if (this.state.now === before.now) return
    this.notice = null
    this.#plan(PAUSE_MS)
  }

  /** Saves what is not saved; true when the server has it all. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    for (let n = 0; n < 5 && this.#isDirty() && !this.conflict; n++) {
      await (this.#going ?? this.#save())
      if (this.saving === 'offline' || this.saving === 'refused') break
    }
    return !this.#isDirty()
  }

  /** Whether others saved something meanwhile; takes it where nothing is in its way. */
  async look(): Promise<void> {
    if (this.#closed || !this.state || this.conflict || this.#going) return
    if (this.#isDirty()) return void this.flush()
    const source = await getSource(this.id).catch(() => null)
    if (!source || source.revision === this.#revision || this.#isDirty() || this.#closed) return
    this.#take(splitText(source.text, source.blocks, this.state.nextKey), source.revision)
    this.notice = 'merged'
    this.#host.requestUpdate()
  }

  /** Answers a conflict: my text stands, theirs does, or both. */
  resolve(choice: 'mine' | 'theirs' | 'both'): void {
    const { conflict } = this
    if (!conflict || !this.state) return
    this.conflict = null
    this.base = conflict.theirs
    this.#revision = conflict.revision
    if (choice !== 'mine') {
      const text = choice === 'theirs' ? conflict.theirs : conflict.both
      this.state = reduceEditing(this.state, { type: 'replace', text })
    }
    this.#plan(0)
    this.#host.requestUpdate()
  }

  /** Puts another text in the place of this one, as one act; cells that are the same keep their keys. */
  replace(text: EditText): void {
    if (!this.state) return
    const fresh = { ...text, cells: text.cells.map((cell, i) => ({ ...cell, key: this.state!.nextKey + i })) }
    this.act({ type: 'replace', text: keepKeys(this.state.now, fresh) })
  }

  #take(theirs: EditText, revision: string): void {
    const text = keepKeys(this.state!.now, theirs)
    this.state = reduceEditing(this.state!, { type: 'replace', text })
    this.base = text
    this.#revision = revision
    this.saving = 'saved'
    dropDraft(this.id)
  }

  #isDirty(): boolean {
    return this.state !== null && !isSameText(this.state.now, this.base)
  }

  #keep(): void {
    if (!this.state || !this.#isDirty()) return
    keepDraft(this.id, { now: this.state.now, base: this.base, revision: this.#revision })
  }

  #plan(ms: number): void {
    clearTimeout(this.#keeping)
    this.#keeping = setTimeout(() => this.#keep(), KEEP_MS)
    if (this.conflict) return
    this.#say('waiting')
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#save(), ms)
  }

  #say(saving: Saving): void {
    if (this.saving === saving) return
    this.saving = saving
    this.#host.requestUpdate()
  }

  #save(): Promise<void> {
    this.#going ??= this.#send().finally(() => {
      this.#going = null
      if (this.saving === 'saved' && this.#isDirty() && !this.#closed) this.#plan(PAUSE_MS)
    })
    return this.#going
  }

  async #send(): Promise<void> {
    if (!this.state || this.conflict) return
    if (!this.#isDirty()) {
      dropDraft(this.id)
      return this.#say('saved')
    }
    const sent = this.state.now
    this.#say('saving')
    try {
      const source = await saveNotebook(this.id, printText(sent).text, this.#revision)
      this.#revision = source.revision
      this.errors = source.errors
      this.base = sent
      this.failure = null
      const read = keepKeys(sent, splitText(source.text, source.blocks, this.state.nextKey))
      // Prose that has run together, or holds a cell: shown as the server reads it, but never under somebody's hands.
      if (!isSame(read, sent) && this.state.now === sent && this.state.typing === null) {
        this.state = { ...this.state, now: read, nextKey: this.state.nextKey + read.cells.length }
        this.base = read
      }
      if (!this.#isDirty()) dropDraft(this.id)
      this.saving = 'saved'
    } catch (error) {
      await this.#meetFailure(error)
    }
    this.#host.requestUpdate()
  }

  async #meetFailure(error: unknown): Promise<void> {
    const { status, shape } = error instanceof ApiError ? error : { status: -1, shape: null }
    try {
      if (status === 409) {
        const source = await getSource(this.id)
        const theirs = splitText(source.text, source.blocks, this.state!.nextKey)
        this.#meet(this.base, theirs, source.revision)
        return
      }
    } catch (again) {
      this.failure = again
    }
    const away = status === 409 || shape?.code === 'offline' || status >= 500
    this.failure = away ? null : error
    this.saving = away ? 'offline' : 'refused'
    if (away && !this.#closed) this.#timer = setTimeout(() => void this.#save(), RETRY_MS)
  }

  /** Brings together what was typed here and what others have made of the same text. */
  #meet(base: EditText, theirs: EditText, revision: string): void {
    const { text, conflict } = mergeTexts(base, this.state!.now, theirs)
    if (conflict) {
      this.conflict = { theirs, revision, both: text }
      this.saving = 'conflict'
      return
    }
    this.state = reduceEditing(this.state!, { type: 'replace', text })
    this.base = theirs
    this.#revision = revision
    this.notice = 'merged'
    this.#plan(0)
  }
}

/** Whether a text read again has the cells of the one that was sent. */
function isSame(read: EditText, sent: EditText): boolean {
  const written = sent.cells.filter(cell => cellLines(cell).length > 0)
  return (
    read.cells.length === written.length &&
    read.cells.every(({ kind, body }, i) => kind === written[i]!.kind && body === written[i]!.body.trimEnd())
  )
}
