/** <vb-import-list>: every file that was loaded, the newest first, with what came of its rows. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatMoment, formatNumber, type ImportRecord } from '../../server/api/contract.ts'
import { getImports } from '../api.ts'
import { Loader } from '../state/loader.ts'
import { define, WorkbenchElement } from './element.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

export class ImportList extends WorkbenchElement {
  readonly imports = new Loader(this, getImports)

  protected override render(): TemplateResult {
    const { value, failure } = this.imports
    const { data: text, upload } = this.text
    if (failure !== null) return errorNote(failure, this.text, () => void this.imports.load())
    if (value === null) return loadingNote(this.text)
    if (value.length === 0)
      return emptyNote(
        text.noImports,
        upload.formats,
        html`<a class="button button-primary" href="/data">${this.text.welcome.loadOwn}</a>`,
      )
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${text.imports}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${text.file}</th>
            <th scope="col">${text.kind}</th>
            <th scope="col">${text.when}</th>
            <th scope="col" class="num">${text.read}</th>
            <th scope="col" class="num">${text.fresh}</th>
            <th scope="col" class="num">${text.changed}</th>
            <th scope="col" class="num">${text.rejected}</th>
          </tr>
        </thead>
        <tbody>
          ${value.map(record => this.#row(record))}
        </tbody>
      </table>
    </div>`
  }

  #row(record: ImportRecord): TemplateResult {
    const { data: text, upload } = this.text
    const number = (n: number) => formatNumber(n, this.language)
    const kind = upload.kinds[record.kind as keyof typeof upload.kinds] ?? record.kind
    return html`<tr>
      <th scope="row">${record.source}</th>
      <td>${kind} <span class="hint">${record.format}</span></td>
      <td>
        ${formatMoment(record.startedAt, this.language)}
        ${record.finishedAt === null ? html`<span class="hint">${text.unfinished}</span>` : nothing}
      </td>
      <td class="num">${number(record.rowsRead)}</td>
      <td class="num">${number(record.rowsNew)}</td>
      <td class="num">${number(record.rowsChanged)}</td>
      <td class="num">
        ${
          record.rowsRejected === 0
            ? number(0)
            : html`<a href="/data/rejects?import=${record.id}">${number(record.rowsRejected)}</a>`
        }
      </td>
    </tr>`
  }
}

define('vb-import-list', ImportList)
