/** Faults of a notebook's file and of its cells: what, where, how to mend it, with the line itself. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Block, CellError, Language } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'
import { describeError } from './message.ts'

/** Mistakes that were met while the file was read. */
export function fileErrors(errors: readonly CellError[], text: AppText, language: Language): TemplateResult {
  return html`<section class="note note-error" lang=${language}>
    ${icon('alert')}
    <div>
      <h2 class="note-title">${text.notebook.errors}</h2>
      <ul>
        ${errors.map(
          error => html`<li>
            <p>${error.message} <span class="place">${text.block.place(error.line, error.column)}</span></p>
            ${error.hint ? html`<p class="hint">${error.hint}</p>` : nothing}
          </li>`,
        )}
      </ul>
    </div>
  </section>`
}

/** A cell that failed: the message, its place, the line of the source with a mark under the column, the way to mend it. */
export function cellError(error: CellError, block: Block, text: AppText, language: Language): TemplateResult {
  const prose = block.kind === 'markdown'
  const { message, hint } = describeError(error, text)
  const line = block.body.split('\n')[error.line - block.line]
  return html`<div class="note note-error" lang=${language}>
    ${icon('alert')}
    <div>
      <p class="note-title">${prose ? text.block.failedText : text.block.failed(block.id)}</p>
      <p>${message}</p>
      <p class="place">${text.block.place(error.line, error.column)}</p>
      ${
        line === undefined
          ? nothing
          : html`<pre class="code-line" tabindex="0"><code>${line}
<span class="code-mark" aria-hidden="true">${' '.repeat(Math.max(0, error.column - 1))}^</span></code></pre>`
      }
      ${hint ? html`<p>${error.hint ? html`<b>${text.block.mend}:</b> ` : nothing}${hint}</p>` : nothing}
    </div>
  </div>`
}
