/** What every exported file says of itself, and its contents, masked once for all forms. */
import { describeInput } from '../../web/outputs/describe-input.ts'
import { wordsOf } from '../../web/outputs/words.ts'
import { en as enApp } from '../../web/text/en/app.ts'
import { exports as en } from '../../web/text/en/exports.ts'
import { ru as ruApp } from '../../web/text/ru/app.ts'
import { exports as ru } from '../../web/text/ru/exports.ts'
import { formatCount, formatDay, formatMoment, type Language } from '../lib/locale.ts'
import type { Notebook } from '../notebook/model.ts'
import type { Output } from '../notebook/output.ts'
import type { RunResult } from '../notebook/run.ts'
import { type Mask, maskOutput } from './mask-output.ts'

export interface ExportOptions {
  /** Default: the notebook's. */
  language?: Language
  currency: string
  generatedAt: string
  dataTo: string | null
  /** What was imported; see store/source-names.ts. */
  sources: readonly { kind: string; files: number }[]
  mask?: Mask
  /** Its number, where the report is an edition. */
  editionNumber?: number
}

export interface ExportPart {
  /** The block's name where it has one, else its id. */
  name: string
  output: Output
}

export interface ExportFacts {
  title: string
  description: string
  language: Language
  currency: string
  /** Label and value of each line of the cover. */
  cover: [label: string, value: string][]
  parts: ExportPart[]
}

export function exportWords(language: Language): typeof en {
  return language === 'ru' ? ru : en
}

export function toExportFacts(notebook: Notebook, run: RunResult, options: ExportOptions): ExportFacts {
  const language = options.language ?? notebook.language
  const { mask } = options
  const parts = notebook.blocks.flatMap(block => {
    const outcome = run.outcomes.get(block.id)
    if (!outcome || !('result' in outcome)) return []
    return outcome.result.outputs.map(output => ({
      name: block.name ?? block.id,
      output: mask ? maskOutput(output, mask) : output,
    }))
  })
  return {
    title: notebook.title,
    description: notebook.description,
    language,
    currency: options.currency,
    cover: coverLines(notebook, run, options, language),
    parts,
  }
}

function coverLines(
  notebook: Notebook,
  run: RunResult,
  { generatedAt, dataTo, sources, mask, editionNumber }: ExportOptions,
  language: Language,
): ExportFacts['cover'] {
  const words = exportWords(language)
  const { report } = wordsOf(language)
  const { kinds } = (language === 'ru' ? ruApp : enApp).upload
  const chosen = notebook.inputs.map(input => {
    const value = describeInput(input, run.inputs[input.name], run.choices[input.name] ?? [], language)
    return {
      type: input.type,
      label: input.label,
      value: mask && input.type !== 'period' ? mask(value) : value,
    }
  })
  const periods = chosen.filter(({ type }) => type === 'period')
  const filters = chosen.filter(({ type }) => type !== 'period')
  const failed = notebook.blocks.filter(({ id }) => {
    const outcome = run.outcomes.get(id)
    return !outcome || !('result' in outcome)
  })
  const files = (n: number) =>
    formatCount(
      n,
      language,
      language === 'ru' ? { one: 'файл', few: 'файла', many: 'файлов' } : { one: 'file', many: 'files' },
    )
  return [
    ...(editionNumber === undefined ? [] : [[words.edition, String(editionNumber)] as [string, string]]),
    ...periods.map(({ label, value }): [string, string] => [label, value]),
    [
      words.filters,
      filters.length === 0
        ? words.noFilters
        : filters.map(({ label, value }) => `${label}: ${value}`).join('; '),
    ],
    [
      words.sources,
      sources
        .map(({ kind, files: n }) => `${kinds[kind as keyof typeof kinds] ?? kind} (${files(n)})`)
        .join(', ') || words.noSources,
    ],
    ...(dataTo === null ? [] : [[words.dataTo, formatDay(dataTo, language)] as [string, string]]),
    [words.made, formatMoment(generatedAt, language)],
    [words.masking, mask ? report.masked : report.unmasked],
    ...(failed.length === 0
      ? []
      : [['', words.noResult(failed.map(({ name, id }) => name ?? id).join(', '))] as [string, string]]),
  ]
}
