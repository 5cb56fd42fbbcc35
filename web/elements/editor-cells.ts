/** <vb-editor-cells>: the cells of a notebook that is edited, in their order. Drawn again only when the order is another. */
import { html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { EditorSession } from '../state/editor-session.ts'
import './editor-cell.ts'
import type { CellSurroundings } from './editor-cell.ts'
import { define, WorkbenchElement } from './element.ts'

export class EditorCells extends WorkbenchElement {
  static override properties = { session: { attribute: false }, around: { attribute: false } }
  declare session: EditorSession
  declare around: CellSurroundings
  #unwatch: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unwatch = this.session.watch('order', () => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    this.#unwatch?.()
    super.disconnectedCallback()
  }

  protected override render(): TemplateResult {
    const { session, around } = this
    return html`${repeat(
      session.cells,
      cell => cell.key,
      cell =>
        html`<vb-editor-cell
          data-key=${cell.key}
          .session=${session}
          .key=${cell.key}
          .around=${around}
        ></vb-editor-cell>`,
    )}`
  }
}

define('vb-editor-cells', EditorCells)
