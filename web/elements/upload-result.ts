/** After a file was taken: what changed, what was not taken, what comes next. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatNumber, type ImportReport, type Language } from '../../server/api/contract.ts'
import type { AppText } from '../text/text.ts'
import { sayMessage } from './say-message.ts'

export function uploadResult(
  report: ImportReport,
  { upload: text, data }: AppText,
  language: Language,
  again: () => void,
): TemplateResult {
  const counts: [string, number][] = [
    [data.read, report.rowsRead],
    [data.fresh, report.rowsNew],
    [data.changed, report.rowsChanged],
    [data.same, report.rowsUnchanged],
    [data.rejected, report.rowsRejected],
  ]
  return html`<div class="upload-result">
    <h2>${text.taken(report.source)}</h2>
    <dl class="numbers" aria-label=${text.result}>
      ${counts.map(([name, n]) => html`<div><dt>${name}</dt><dd>${formatNumber(n, language)}</dd></div>`)}
    </dl>
    ${report.messages.map((said, i) => html`<p class="hint">${sayMessage(said, report.notes[i]!, language)}</p>`)}
    ${report.kind === 'conversations' ? html`<p>${text.mined}</p>` : nothing}
    <p class="actions">
      <a class="button button-primary" href="/">${text.toReports}</a>
      ${report.rowsRejected > 0 ? html`<a class="button" href="/data/rejects">${text.toRejects}</a>` : nothing}
      <button type="button" class="button" @click=${again}>${text.next}</button>
    </p>
  </div>`
}
