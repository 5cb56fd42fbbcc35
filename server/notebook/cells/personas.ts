/** Personas: groups of clients by what they are, do and say; what each brings, what sets it apart, and its own words. */
import { z } from 'zod'
import { readPaths, readPersonaCards, type ThemeKind } from '../../insight/persona-cards.ts'
import { readPersonaMoney } from '../../insight/persona-money.ts'
import { defineCell, type Language } from '../cell.ts'
import { valueLabel } from '../field-names.ts'
import { createFigures } from '../figures.ts'
import { costNotes, toNote, unripe } from '../number-notes.ts'
import { numberOptions, periodOption, toFilter, toRates } from '../number-options.ts'
import type { Output } from '../output.ts'
import { personaChart, toPersonaTable } from '../persona-table.ts'
import { personaFinding, personaLines } from '../persona-text.ts'
import { traitClaim } from '../persona-words.ts'

const optionsSchema = z.strictObject({
  ...numberOptions,
  /** Of the numbers; who belongs to a persona is told by all that is known. */
  period: periodOption.nullish(),
  /** Ids to show (`p-1`), also hidden ones; none: all that are not hidden. */
  personas: z
    .union([z.array(z.string()), z.string()])
    .nullish()
    .meta({ choices: 'persona' }),
  limit: z.number().int().min(1).max(50).default(12),
  traits: z.number().int().min(1).max(30).default(6),
  /** Questions, values and objections of each persona, at most. */
  themes: z.number().int().min(1).max(20).default(4),
  /** Without: the picture and the table alone. */
  details: z.boolean().default(true),
})

const titles: Record<Language, Record<ThemeKind | 'trait', string>> = {
  ru: {
    trait: 'Что отличает',
    question: 'Что спрашивают',
    value: 'Что ценят',
    objection: 'Что останавливает',
  },
  en: {
    trait: 'What sets it apart',
    question: 'What they ask',
    value: 'What they value',
    objection: 'What holds them back',
  },
}
const ALL_TIME = '0001-01-01'

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'personas',
  body: 'yaml',
  options: optionsSchema,
  example: 'period: :period\nthemes: 3',
  tables: [
    'personas',
    'client_personas',
    'persona_traits',
    'themes',
    'mentions',
    'utterances',
    'conversations',
    'clients',
    'deals',
    'origins',
    'spend',
    'visits',
  ],
  run: async (options, context) => {
    const { language, currency, query, today } = context
    const filter = toFilter({ ...options, period: options.period ?? { from: ALL_TIME, to: today } })
    const { touch, limit, themes } = options
    const rates = toRates(options, context)
    const ids = [options.personas ?? []].flat()
    const [cards, money, paths] = await Promise.all([
      readPersonaCards(query, { ids, themes, limit }),
      readPersonaMoney(context, { filter, touch, currency, rates }),
      readPaths(query),
    ])
    const figures = createFigures(language, money.all.rule.main)
    const contactOf = (value: string) =>
      valueLabel('contact', value, { language, currency, bands: [], labels: new Map() })
    const { table, small } = toPersonaTable(cards, money, figures, currency, contactOf)
    const outputs: Output[] = [
      { type: 'text', role: 'finding', markdown: personaFinding(cards, money, figures) },
    ]
    if (cards.length === 0) return { outputs, table }
    outputs.push(personaChart(cards, money, figures))
    outputs.push({ type: 'table', title: '', table, folded: true, small })
    for (const card of options.details ? cards : []) {
      outputs.push({
        type: 'text',
        role: 'prose',
        markdown: personaLines(card, money, paths.get(card.id), figures),
      })
      const traits = card.traits
        .slice(0, options.traits)
        .map(trait => traitClaim(card.id, trait, language, money.all.rule.main))
      const groups = { trait: traits, ...card.themes }
      for (const kind of ['trait', 'question', 'value', 'objection'] as const)
        if (groups[kind].length > 0)
          outputs.push({ type: 'insight', title: titles[language][kind], claims: groups[kind] })
    }
    const notes = toNote([unripe(money.all, figures), ...costNotes(money.all, figures)])
    return { outputs: [...outputs, ...notes], table }
  },
})
