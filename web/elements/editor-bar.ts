/** The line at the foot of a notebook that is being edited: whether all is saved, undo, help, the way back to reading. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Language } from '../../server/api/contract.ts'
import type { EditingController } from '../state/editing-controller.ts'
import type { AppText } from '../text/text.ts'
import type { Command } from './editor-keys.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'

export interface EditorBar {
  editing: EditingController
  text: AppText
  language: Language
  act(command: Command): void
  /** Further tools. */
  tools?: unknown
}

export function editorBar({ editing, text, language, act, tools }: EditorBar): TemplateResult {
  const words = text.editing
  const { saving, notice, state } = editing
  const tool = (command: 'undo' | 'redo', disabled: boolean) => html`<button
    type="button"
    class="button-icon"
    title=${words[command]}
    aria-label=${words[command]}
    ?disabled=${disabled}
    @click=${() => act(command)}
  >
    ${icon(command)}
  </button>`
  return html`<div class="editor-bar" role="group" lang=${language} aria-label=${words.tools}>
    <div class="editor-said">
      <span class="editor-saving" data-saving=${saving} role="status">${words.saving[saving]}</span>
      ${notice === null ? nothing : html`<span class="hint" role="status">${words[notice]}</span>`}
    </div>
    ${saving === 'refused' ? errorNote(editing.failure, text) : nothing}
    <div class="editor-tools">
      ${tool('undo', state!.past.length === 0)} ${tool('redo', state!.future.length === 0)} ${tools ?? nothing}
      <button type="button" class="button button-primary" @click=${() => act('finish')}>
        ${icon('check')}${words.finish}
      </button>
    </div>
  </div>`
}
