/**
 * <vb-palette>: all commands, found by a few letters (Ctrl/Cmd+K). The field keeps the focus, arrows move the choice.
 * Tells `vb-close`, and before it runs the command chosen.
 */
import { html, nothing, type TemplateResult } from 'lit'
import { define, WorkbenchElement } from './element.ts'

export interface PaletteItem {
  label: string
  /** The key that does the same. */
  key?: string
  act(): void
}

export class Palette extends WorkbenchElement {
  static override properties = {
    items: { attribute: false },
    sought: { state: true },
    place: { state: true },
  }
  declare items: readonly PaletteItem[]
  declare sought: string
  declare place: number

  constructor() {
    super()
    this.items = []
    this.sought = ''
    this.place = 0
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')!.showModal()
  }

  protected override updated(): void {
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  get #found(): PaletteItem[] {
    const words = this.sought.toLowerCase().split(/\s+/).filter(Boolean)
    return this.items.filter(({ label }) => words.every(word => label.toLowerCase().includes(word)))
  }

  #take(item: PaletteItem | undefined): void {
    if (!item) return
    this.querySelector('dialog')!.close()
    item.act()
  }

  #onKey(event: KeyboardEvent, found: readonly PaletteItem[]): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) this.place = (this.place + step + found.length) % Math.max(1, found.length)
    else if (event.key === 'Enter') this.#take(found[this.place])
    else return
    event.preventDefault()
  }

  protected override render(): TemplateResult {
    const text = this.text.editing.palette
    const found = this.#found
    return html`<dialog
      class="sheet palette"
      aria-label=${text.title}
      @close=${() => this.dispatchEvent(new CustomEvent('vb-close'))}
    >
      <input
        type="search"
        class="palette-search"
        role="combobox"
        aria-label=${text.search}
        placeholder=${text.search}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant=${found.length > 0 ? `palette-${this.place}` : nothing}
        autocomplete="off"
        @input=${(event: Event) => {
          this.sought = (event.target as HTMLInputElement).value
          this.place = 0
        }}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, found)}
      />
      <div id="palette-list" role="listbox" aria-label=${text.title}>
        ${found.map(
          (item, i) => html`<div
            id="palette-${i}"
            class="menu-item"
            role="option"
            aria-selected=${String(i === this.place)}
            @click=${() => this.#take(item)}
          >
            ${item.label}${item.key ? html`<kbd>${item.key}</kbd>` : nothing}
          </div>`,
        )}
      </div>
      ${found.length === 0 ? html`<p class="hint" role="status">${text.none}</p>` : nothing}
    </dialog>`
  }
}

define('vb-palette', Palette)
