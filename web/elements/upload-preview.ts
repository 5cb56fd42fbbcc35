/**
 * <vb-upload-preview>: how a file was understood, before anything is stored: what it is, which column is which field, the
 * first rows, what can't be taken. Fires `vb-check` with the corrections, `vb-take`, `vb-cancel`.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { ImportReport } from '../../server/api/contract.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { sayMessage } from './say-message.ts'

export class UploadPreview extends WorkbenchElement {
  static override properties = {
    report: { attribute: false },
    kind: { state: true },
    fields: { state: true },
  }
  declare report: ImportReport
  /** Corrections: what the file is, and fields by column; null and empty while it stands as it was understood. */
  declare kind: string | null
  declare fields: Readonly<Record<string, string>>

  constructor() {
    super()
    this.kind = null
    this.fields = {}
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('report') && changed.get('report') !== undefined) {
      this.kind = null
      this.fields = {}
    }
  }

  protected override render(): TemplateResult {
    const { report } = this
    const text = this.text.upload
    const takes = report.rowsRead - report.rowsRejected - report.rowsErased
    const corrected = this.kind !== null || Object.keys(this.fields).length > 0
    return html`<div class="upload-preview">
      <h2>${report.source}</h2>
      <p>${text.preview}</p>
      <div class="upload-kind">
        <label class="field"
          >${text.kind}
          <select
            @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement
              this.kind = value === report.kind ? null : value
            }}
          >
            ${Object.entries(text.kinds).map(
              ([kind, name]) =>
                html`<option value=${kind} .selected=${kind === (this.kind ?? report.kind)}>${name}</option>`,
            )}
          </select>
        </label>
        <span class="hint">${text.format}: ${report.format}</span>
      </div>
      <p class="upload-counts">
        <b>${text.canRead(takes)}</b>
        ${report.rowsRejected > 0 ? html`<span class="bad">${text.cantRead(report.rowsRejected)}</span>` : nothing}
      </p>
      ${this.#rejects()}
      ${report.messages.map((said, i) => html`<p class="hint">${sayMessage(said, report.notes[i]!, this.language)}</p>`)}
      ${report.mapping.length > 0 ? this.#mapping() : nothing}
      ${report.preview.length > 0 ? this.#rows() : nothing}
      <p class="actions upload-actions">
        ${
          corrected
            ? html`<button type="button" class="button button-primary" @click=${() => this.#check()}>${text.check}</button>`
            : html`<button
                type="button"
                class="button button-primary"
                ?disabled=${takes === 0}
                @click=${() => this.dispatchEvent(new CustomEvent('vb-take'))}
              >
                ${takes === 0 ? text.nothing : text.take(takes)}
              </button>`
        }
        <button type="button" class="button" @click=${() => this.dispatchEvent(new CustomEvent('vb-cancel'))}>
          ${text.another}
        </button>
      </p>
    </div>`
  }

  #check(): void {
    // Corrections of before stand in the mapping that came back, so that all of it is sent again.
    const map = Object.fromEntries(
      Object.entries(this.fields).map(([column, field]) => [column, field.trim()]),
    )
    this.dispatchEvent(new CustomEvent('vb-check', { detail: { as: this.kind ?? this.report.kind, map } }))
  }

  #rejects(): unknown {
    const { rejects, rowsRejected } = this.report
    if (rejects.length === 0) return nothing
    const text = this.text.upload
    const shown = rejects.slice(0, 5)
    return html`<ul class="upload-rejects">
      ${shown.map(reject => html`<li>${icon('alert')}<span>${text.line(reject.line)}: ${sayMessage(reject.why, reject.reason, this.language)}</span></li>`)}
      ${rowsRejected > shown.length ? html`<li class="hint">${text.more(rowsRejected - shown.length)}</li>` : nothing}
    </ul>`
  }

  #mapping(): TemplateResult {
    const text = this.text.upload
    const { mapping } = this.report
    return html`<details class="upload-part" open>
      <summary>${text.mapping} (${mapping.length})</summary>
      <div class="mapping">
        ${mapping.map(
          ({ column, field }) => html`<label>
            <span>${column}</span>
            <input
              class="upload-field"
              list="upload-fields"
              placeholder=${text.attribute}
              .value=${this.fields[column] ?? field ?? ''}
              @change=${(event: Event) => this.#correct(column, (event.target as HTMLInputElement).value)}
            />
          </label>`,
        )}
      </div>
      <datalist id="upload-fields">
        ${this.#known().map(field => html`<option value=${field}></option>`)}
      </datalist>
    </details>`
  }

  #correct(column: string, value: string): void {
    const understood = this.report.mapping.find(entry => entry.column === column)?.field ?? ''
    const { [column]: _, ...others } = this.fields
    this.fields = value.trim() === understood ? others : { ...others, [column]: value }
  }

  /** Fields met in this file: those mapped and those of its rows. */
  #known(): string[] {
    const { mapping, preview } = this.report
    const names = [
      ...mapping.flatMap(({ field }) => (field === null ? [] : [field])),
      ...preview.flatMap(row => Object.keys(row)),
    ]
    return [...new Set(names)].sort()
  }

  #rows(): TemplateResult {
    const { preview } = this.report
    const columns = [...new Set(preview.flatMap(row => Object.keys(row)))].filter(column =>
      preview.some(row => row[column] !== null && row[column] !== undefined && row[column] !== ''),
    )
    return html`<div class="upload-part">
      <h3 id="first-rows">${this.text.upload.firstRows}</h3>
      <div class="table-scroll" tabindex="0" role="region" aria-labelledby="first-rows">
        <table class="table preview">
          <thead>
            <tr>
              ${columns.map(column => html`<th scope="col"><code>${column}</code></th>`)}
            </tr>
          </thead>
          <tbody>
            ${preview.map(
              row => html`<tr>
                ${columns.map(column => html`<td>${written(row[column])}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </div>`
  }
}

/** A stored value in a cell of the preview; lists and objects as the JSON that they are. */
function written(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

define('vb-upload-preview', UploadPreview)
