/** Something that is told once, with a button that copies it. */
import { html, type TemplateResult } from 'lit'
import { icon } from './icon.ts'

export interface SecretWords {
  /** What it is, and that it is not shown again. */
  told: string
  copy: string
}

export function accountSecret(secret: string, { told, copy }: SecretWords): TemplateResult {
  const copyIt = (event: Event) => {
    const box = (event.currentTarget as HTMLElement).closest('.account-secret')!
    box.querySelector('input')!.select()
    void navigator.clipboard?.writeText(secret).catch(() => undefined)
  }
  return html`<div class="account-secret" role="status">
    <p>${told}</p>
    <div>
      <input class="upload-field" readonly aria-label=${told} .value=${secret} />
      <button type="button" class="button" @click=${copyIt}>${icon('copy')}${copy}</button>
    </div>
  </div>`
}
