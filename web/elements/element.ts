/**
 * What every element of the workbench shares. They render into the document itself, not into shadow roots: labels, links,
 * headings and the templates of `outputs/` (one with the exported report) are then one page with one style sheet.
 *
 * Controls are the browser's own: <dialog>, <details>, <select>, date fields, popovers. Web Awesome 3 was weighed
 * (November 2026: MIT; select, dialog and drawer are 58 kB gzip of a first load kept under 100; its icons default to
 * another host); what is native is smaller, already accessible and speaks the reader's language. It comes in when
 * something is wanted that browsers lack.
 */
import { LitElement } from 'lit'
import type { Language } from '../../server/api/contract.ts'
import { onPreferences, preferences } from '../state/preferences.ts'
import { type AppText, appText } from '../text/text.ts'

export class WorkbenchElement extends LitElement {
  #stop: (() => void) | undefined

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = onPreferences(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    this.#stop?.()
    super.disconnectedCallback()
  }

  protected get language(): Language {
    return preferences().language
  }

  protected get text(): AppText {
    return appText(preferences().language)
  }
}

/** Registers an element once: a module that is loaded anew (while developing) must not fail on it. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element)
}
