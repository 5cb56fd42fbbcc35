/** A text: the sentence that opens a result, prose, or an aside. */
import { html, type TemplateResult } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { TextOutput } from '../../server/api/contract.ts'
import { markdownToHtml } from './markdown.ts'

const classes: Record<TextOutput['role'], string> = {
  finding: 'vb-finding',
  prose: 'vb-prose',
  note: 'vb-note',
}

export function renderText(output: TextOutput): TemplateResult {
  return html`<div class=${classes[output.role]}>${unsafeHTML(markdownToHtml(output.markdown))}</div>`
}
