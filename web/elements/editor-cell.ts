/**
 * <vb-editor-cell>: one cell while its notebook is edited: name, tools, source and, below it, what came of it. The source
 * is an editor only while it is open. Tells what to do by `vb-act` with a CellAct; keys are the notebook's affair.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Block, Language } from '../../server/api/contract.ts'
import type { EditCell } from '../state/editing-text.ts'
import type { BlockView } from '../state/run.ts'
import './block.ts'
import type { CellLanguage, Problem } from './cell-codemirror.ts'
import type { CellWords } from './cell-completion.ts'
import './cell-editor.ts'
import { define, WorkbenchElement } from './element.ts'
import { type IconName, icon } from './icon.ts'

/** What a result needs to be shown; the same object for all cells of a notebook. */
export interface CellSurroundings {
  language: Language
  currency: string
  inputs: unknown
  resolved: unknown
  choices: unknown
}

export type CellAct =
  | { do: 'open' | 'close' | 'run' | 'duplicate' | 'remove' | 'up' | 'down' | 'choose' }
  | { do: 'type'; text: string }
  | { do: 'name'; name: string }

export class EditorCell extends WorkbenchElement {
  static override properties = {
    cell: { attribute: false },
    cellId: { attribute: false },
    block: { attribute: false },
    view: { attribute: false },
    around: { attribute: false },
    words: { attribute: false },
    kind: { attribute: false },
    chosen: { type: Boolean },
    open: { type: Boolean },
    changed: { type: Boolean },
  }
  declare cell: EditCell
  /** As the server calls it; absent for prose without words. */
  declare cellId: string | undefined
  /** As it was when it ran last. */
  declare block: Block
  declare view: BlockView
  declare around: CellSurroundings
  declare words: () => CellWords
  declare kind: CellLanguage
  declare chosen: boolean
  declare open: boolean
  /** Its source is another than the one that ran. */
  declare changed: boolean

  #tell(act: CellAct): void {
    this.dispatchEvent(new CustomEvent('vb-act', { detail: act, bubbles: true }))
  }

  protected override render(): TemplateResult {
    const { cell, cellId } = this
    const text = this.text.editing
    const kind = (text.kinds as Record<string, string>)[cell.kind] ?? cell.kind
    const name = cellId === undefined ? text.newCell(kind) : text.cell(kind, cellId)
    return html`<section
      class="cell"
      data-chosen=${String(this.chosen)}
      tabindex=${this.chosen ? 0 : -1}
      aria-label=${this.changed ? `${name}, ${text.changed}` : name}
      @focusin=${() => this.#tell({ do: 'choose' })}
    >
      <div class="cell-head" lang=${this.language}>
        <span class="cell-kind">${kind}</span>
        ${cell.kind === 'markdown' ? nothing : this.#name(cell, cellId)}
        ${this.changed ? html`<span class="cell-changed">${text.changed}</span>` : nothing}
        <div class="cell-tools">
          ${this.#tool('run', 'run', text.run)} ${this.#tool('up', 'up', text.up)}
          ${this.#tool('down', 'down', text.down)} ${this.#tool('duplicate', 'copy', text.duplicate)}
          ${this.#tool('remove', 'bin', text.remove)}
        </div>
      </div>
      ${this.#source()}
      ${
        cell.kind === 'markdown' && cell.body.trim() === '' && !this.open
          ? html`<p class="hint cell-empty" lang=${this.language}>${text.emptyText}</p>`
          : html`<vb-block
              .block=${this.block}
              .view=${this.view}
              .editing=${true}
              .notebookLanguage=${this.around.language}
              .currency=${this.around.currency}
              .inputs=${this.around.inputs}
              .resolved=${this.around.resolved}
              .choices=${this.around.choices}
              @vb-edit=${() => this.#tell({ do: 'open' })}
              @dblclick=${() => cell.kind === 'markdown' && this.#tell({ do: 'open' })}
            ></vb-block>`
      }
    </section>`
  }

  #name(cell: EditCell, id: string | undefined): TemplateResult {
    const text = this.text.editing
    return html`<input
      class="cell-name"
      aria-label=${text.nameOf(id ?? '')}
      placeholder=${text.noName}
      autocomplete="off"
      spellcheck="false"
      maxlength="100"
      .value=${cell.name}
      size=${Math.max(8, cell.name.length + 1)}
      @change=${(event: Event) => {
        const name = (event.target as HTMLInputElement).value.trim().replaceAll(/\s+/g, '_')
        this.#tell({ do: 'name', name })
      }}
    />`
  }

  #tool(act: 'run' | 'up' | 'down' | 'duplicate' | 'remove', name: IconName, words: string): TemplateResult {
    return html`<button
      type="button"
      class="button-icon"
      title=${words}
      aria-label=${words}
      @click=${() => this.#tell({ do: act })}
    >
      ${icon(name)}
    </button>`
  }

  #source(): unknown {
    const { cell, cellId } = this
    const text = this.text.editing
    if (this.open)
      return html`<vb-cell-editor
        class="cell-source"
        lang=${this.language}
        .value=${cell.body}
        .kind=${this.kind}
        .label=${cellId === undefined ? text.sourceNew : text.source(cellId)}
        .words=${this.words()}
        .problem=${this.#problem()}
        @vb-type=${(event: CustomEvent<string>) => this.#tell({ do: 'type', text: event.detail })}
        @vb-run=${() => this.#tell({ do: 'run' })}
        @vb-leave=${() => this.#tell({ do: 'close' })}
      ></vb-cell-editor>`
    if (cell.kind === 'markdown') return nothing
    return html`<button
      type="button"
      class="cell-source cell-source-shut"
      lang=${this.language}
      title=${text.open}
      aria-label=${`${text.open}: ${cellId ?? ''}`}
      @click=${() => this.#tell({ do: 'open' })}
    ><code>${cell.body === '' ? ' ' : cell.body}</code></button>`
  }

  /** The fault of its last run, while the source is still the one that ran. */
  #problem(): Problem | null {
    const { error } = this.view
    if (!error || this.changed) return null
    return { line: error.line - this.block.line + 1, column: error.column, message: error.message }
  }
}

define('vb-editor-cell', EditorCell)
