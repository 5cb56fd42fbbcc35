/** The top of a notebook: title, description, saving; and how its run goes, beside the inputs. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatNumber, type Language, type NotebookDocument } from '../../server/api/contract.ts'
import { countRun } from '../state/run.ts'
import type { RunController } from '../state/run-controller.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'
import type { ShareDialog } from './share-dialog.ts'

const FILES = {
  html: 'report.html',
  pdf: 'report.pdf',
  xlsx: 'report.xlsx',
  csv: 'tables.zip',
  md: 'report.md',
  file: 'notebook.md',
} as const

/** `query` is the values of the inputs, without `?`: the saved report has the same filters. */
export function notebookHead(
  notebook: NotebookDocument,
  query: string,
  text: AppText,
  language: Language,
  /** Begins editing; null while that is under way. */
  edit: (() => void) | null = null,
): TemplateResult {
  const words = text.notebook.exports
  const saved = (form: 'html' | 'pdf' | 'xlsx' | 'csv' | 'md' | 'file') => html`<a
    class="menu-item"
    href="/api/notebooks/${encodeURIComponent(notebook.id)}/${FILES[form]}${query && `?${query}`}"
    download
  >
    ${words[form]}<span class="hint">${words[`${form}Hint`]}</span>
  </a>`
  return html`<header class="page-head notebook-head">
    <div>
      <h1>${notebook.title}</h1>
      ${notebook.description ? html`<p class="lead">${notebook.description}</p>` : nothing}
    </div>
    <div class="head-tools" lang=${language}>
      ${
        edit === null
          ? nothing
          : html`<button type="button" class="button" aria-keyshortcuts="E" title=${`${text.editing.edit} (E)`} @click=${edit}>
              ${icon('edit')}${text.editing.edit}
            </button>`
      }
      <button type="button" class="button" aria-haspopup="dialog" @click=${openShare}>
        ${icon('share')}${text.shares.share}
      </button>
      <vb-share-dialog .notebook=${notebook} .query=${query}></vb-share-dialog>
      <a class="button" href="/notebooks/${encodeURIComponent(notebook.id)}/editions${query && `?${query}`}">
        ${icon('history')}${text.notebook.editions}
      </a>
      <button type="button" class="button" popovertarget="export-menu">
        ${icon('download')}${text.notebook.export}
      </button>
      <div id="export-menu" class="menu" popover>${(['pdf', 'xlsx', 'html', 'md', 'csv', 'file'] as const).map(saved)}</div>
    </div>
  </header>`
}

/** The dialog is loaded when it is first wanted. */
async function openShare(event: Event): Promise<void> {
  const button = event.currentTarget as HTMLElement
  await import('./share-dialog.ts')
  const dialog = button.parentElement!.querySelector<ShareDialog>('vb-share-dialog')!
  await dialog.updateComplete
  dialog.open()
}

/** What is going on, in as few words as it takes; beginning and end are also said aloud. */
export function runState(
  run: RunController,
  text: AppText,
  language: Language,
  restart: () => void,
): TemplateResult {
  const { view } = run
  const counts = countRun(view)
  const words = text.notebook
  const said = view.running
    ? words.runningAloud
    : view.run === null
      ? ''
      : counts.cancelled > 0
        ? words.cancelled
        : counts.failed > 0
          ? words.doneWith(counts.failed)
          : words.done(formatNumber((view.ms ?? 0) / 1000, language, 1))
  const told = run.dataChanged
    ? words.dataChanged
    : counts.cancelled > 0
      ? words.cancelled
      : counts.stale > 0
        ? words.stale(counts.stale)
        : counts.failed > 0
          ? words.failedCells(counts.failed)
          : null
  return html`<div class="run-state">
    <span class="visually-hidden" role="status">${said}</span>
    ${
      view.running
        ? html`<span class="run-count run-going" aria-hidden="true">${words.running(counts.done, counts.of)}</span>
            <button type="button" class="button run-going" @click=${() => run.cancel()}>
              ${icon('stop')}${words.cancel}
            </button>`
        : told === null
          ? nothing
          : html`<span class="run-count">${told}</span>
              <button type="button" class="button" @click=${restart}>${icon('refresh')}${words.refresh}</button>`
    }
  </div>`
}
