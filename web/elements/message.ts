/** Notes to the reader that stand in the place of content: an error, an empty list, something under way. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ErrorShape } from '../../server/api/contract.ts'
import { ApiError } from '../api.ts'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'

/** What to say of an error: in the reader's language where the error has no details of its own. */
export function describeError(
  { code, message, hint }: ErrorShape,
  { shell }: AppText,
): { message: string; hint?: string } {
  if (code === 'offline') return { message: shell.offline, hint: shell.offlineHint }
  if (code === 'internal') return { message: shell.internal, hint: shell.internalHint }
  return { message, ...(hint !== undefined && { hint }) }
}

/** What went wrong, where, and how to mend it; with a button when trying again makes sense. */
export function errorNote(error: unknown, text: AppText, retry?: () => void): TemplateResult {
  const shape = error instanceof ApiError ? error.shape : { code: '', message: text.shell.failed }
  const { message, hint } = describeError(shape, text)
  return html`<div class="note note-error" role="alert">
    ${icon('alert')}
    <div>
      <p class="note-title">${message}</p>
      ${hint ? html`<p>${hint}</p>` : nothing}
      ${retry ? html`<button type="button" class="button" @click=${retry}>${text.shell.retry}</button>` : nothing}
    </div>
  </div>`
}

/** Nothing here yet, and what to do about it. */
export function emptyNote(title: string, hint: string, action: unknown = nothing): TemplateResult {
  return html`<div class="note note-empty">
    <div>
      <p class="note-title">${title}</p>
      <p>${hint}</p>
      ${action}
    </div>
  </div>`
}

/** Says that something is being fetched; appears only when it takes a while, so that quick answers do not blink. */
export function loadingNote(text: AppText): TemplateResult {
  return html`<p class="loading" role="status">${text.shell.loading}…</p>`
}
