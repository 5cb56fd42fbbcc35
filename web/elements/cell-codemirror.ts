/** CodeMirror as cells use it. Loaded when the first cell is opened. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands'
import { markdown } from '@codemirror/lang-markdown'
import { SQLite, sql } from '@codemirror/lang-sql'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type CellWords, completeInputs, completeProse, completeYaml } from './cell-completion.ts'

export type CellLanguage = 'sql' | 'yaml' | 'markdown'

export interface CodeOptions {
  parent: ShadowRoot
  text: string
  language: CellLanguage
  /** What a screen reader calls it; asked again at every change. */
  label(): string
  words: CellWords
  onType(text: string): void
  onRun(): void
  onLeave(): void
}

export interface Problem {
  /** From 1, within the cell. */
  line: number
  column: number
  message: string
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.heading], color: 'var(--question)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--value)' },
  { tag: [tags.number, tags.bool, tags.null, tags.special(tags.name)], color: 'var(--objection)' },
  { tag: [tags.comment, tags.processingInstruction, tags.meta], color: 'var(--muted)' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
])

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: 'var(--size-1)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--face-code)', fontVariantLigatures: 'none', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--muted)', border: '0' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-tint)',
  },
  '.cm-matchingBracket': {
    backgroundColor: 'var(--accent-tint) !important',
    outline: '1px solid var(--edge)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--face-code)', maxHeight: '16em' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal', opacity: '0.75', marginLeft: '1em' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger)',
    textUnderlineOffset: '3px',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--danger)' },
  '.cm-diagnosticText': { fontFamily: 'var(--face-text)' },
})

function languageOf({ language, words }: CodeOptions): Extension {
  if (language === 'markdown')
    return [markdown(), autocompletion({ override: [completeProse(words)], icons: false })]
  if (language === 'yaml') return [yaml(), autocompletion({ override: [completeYaml(words)], icons: false })]
  const support = sql({ dialect: SQLite, schema: words.tables, upperCaseKeywords: false })
  return [
    support,
    support.language.data.of({ autocomplete: completeInputs(words) }),
    autocompletion({ icons: false }),
  ]
}

/** An editor in a shadow root, where a strict content policy lets it have styles of its own. */
export function createCode(options: CodeOptions): EditorView {
  const { parent, text, label, onType, onRun, onLeave, language } = options
  const run = () => {
    onRun()
    return true
  }
  const leave = () => {
    onLeave()
    return true
  }
  const view = new EditorView({
    parent,
    root: parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.high(
          keymap.of([
            { key: 'Shift-Enter', run },
            { key: 'Mod-Enter', run },
          ]),
        ),
        history(),
        lineNumbers(),
        bracketMatching(),
        closeBrackets(),
        ...(language === 'markdown' ? [EditorView.lineWrapping] : []),
        languageOf(options),
        syntaxHighlighting(colours),
        look,
        EditorView.contentAttributes.of(() => ({ 'aria-label': label(), 'aria-multiline': 'true' })),
        EditorView.updateListener.of(update => {
          if (update.docChanged) onType(update.state.doc.toString())
        }),
        // Tab indents only where a line begins or completion waits; elsewhere it goes on to the next control.
        keymap.of([
          { key: 'Tab', run: view => acceptCompletion(view) || (atIndent(view) && indentMore(view)) },
          { key: 'Shift-Tab', run: view => atIndent(view) && indentLess(view) },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          { key: 'Escape', run: leave },
        ]),
      ],
    }),
  })
  return view
}

/** Between the start of a line that has words and them. */
function atIndent({ state }: EditorView): boolean {
  const { head, empty } = state.selection.main
  const line = state.doc.lineAt(head)
  return !empty || (line.text.trim() !== '' && line.text.slice(0, head - line.from).trim() === '')
}

/** Another text from outside (undone, merged), as far as it is another. */
export function setCode(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
}

/** Marks the word at fault; none takes the mark away. */
export function markProblem(view: EditorView, problem: Problem | null): void {
  const { state } = view
  if (problem === null || problem.line < 1 || problem.line > state.doc.lines) {
    view.dispatch(setDiagnostics(state, []))
    return
  }
  const line = state.doc.line(problem.line)
  const from = Math.min(line.to, line.from + Math.max(0, problem.column - 1))
  const word = /^(?:[\p{L}\p{N}_.]+|.)/u.exec(line.text.slice(from - line.from))?.[0].length ?? 0
  const to = Math.min(line.to, from + word)
  view.dispatch(
    setDiagnostics(state, [
      {
        from: to > from ? from : Math.max(line.from, from - 1),
        to,
        severity: 'error',
        message: problem.message,
      },
    ]),
  )
}
