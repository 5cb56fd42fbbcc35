/** <vb-keys-help>: the keys of the editor. Tells `vb-close`. */
import { html, type TemplateResult } from 'lit'
import { define, WorkbenchElement } from './element.ts'

export class KeysHelp extends WorkbenchElement {
  protected override firstUpdated(): void {
    this.querySelector('dialog')!.showModal()
  }

  protected override render(): TemplateResult {
    const words = this.text.editing.keys
    const list = (title: string, keys: [keys: string[], what: string][]) => html`<h3>${title}</h3>
      <dl class="keys-list">
        ${keys.map(
          ([
            names,
            what,
          ]) => html`<dt>${names.map((name, i) => html`${i > 0 ? ' ' : ''}<kbd>${name}</kbd>`)}</dt>
            <dd>${what}</dd>`,
        )}
      </dl>`
    return html`<dialog
      class="sheet"
      aria-labelledby="keys-title"
      @close=${() => this.dispatchEvent(new CustomEvent('vb-close'))}
    >
      <h2 id="keys-title">${words.title}</h2>
      ${list(words.groups.cell, [
        [['Enter'], words.enter],
        [['Shift+Enter'], words.runNext],
        [['Ctrl+Enter'], words.runStay],
        [['↑', 'K'], words.previous],
        [['↓', 'J'], words.next],
        [['A'], words.above],
        [['B'], words.below],
        [['D', 'D'], words.remove],
        [['M'], words.text],
        [['Y'], words.query],
        [['Z'], words.undo],
        [['Shift+Z'], words.redo],
        [['Alt+↑', 'Alt+↓'], words.move],
        [['H'], words.help],
      ])}
      ${list(words.groups.source, [
        [['Shift+Enter', 'Ctrl+Enter'], words.runNext],
        [['Ctrl+Space'], words.complete],
        [['Esc'], words.escape],
      ])}
      ${list(words.groups.anywhere, [
        [['Ctrl+K'], words.palette],
        [['E'], words.edit],
      ])}
      <div class="sheet-foot">
        <button type="button" class="button" @click=${() => this.querySelector('dialog')!.close()}>
          ${this.text.shell.close}
        </button>
      </div>
    </dialog>`
  }
}

define('vb-keys-help', KeysHelp)
