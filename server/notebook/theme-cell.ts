/** What the cells of questions, values and objections share: the options, the sentence, the chart and the table. */
import { z } from 'zod'
import { type RankedThemes, rankThemes, type ThemeFilter } from '../insight/themes.ts'
import { formatCount, formatPercent, formatTimes, type Plural } from '../lib/locale.ts'
import type { CellContext, CellKind, CellResult, Language } from './cell.ts'
import { defineCell } from './cell.ts'
import { evidenceOf, evidenceOption } from './evidence-option.ts'
import type { Claim, Output, Table } from './output.ts'

const optionsSchema = z.strictObject({
  period: z.object({ from: z.string(), to: z.string() }).nullish(),
  topics: z.array(z.enum(['price', 'landing', 'product', 'terms', 'service', 'other'])).default([]),
  source: z
    .union([z.array(z.string()), z.string()])
    .nullish()
    .meta({ choices: 'source' }),
  limit: z.number().int().min(1).max(200).default(10),
  evidence: evidenceOption,
})

/** Where nothing stands on enough evidence. */
const tooFew: Record<Language, string> = {
  ru: 'Пока ни за одной темой не стоит достаточно клиентов, чтобы делать выводы.',
  en: 'So far no theme has enough clients behind it to draw conclusions.',
}

export interface ThemeWords {
  title: string
  axis: string
  /** The sentence that opens the result. */
  finding(first: Claim, themes: RankedThemes): string
  nothing: string
}

const clients: Record<Language, Plural> = {
  ru: { one: 'клиент', few: 'клиента', many: 'клиентов' },
  en: { one: 'client', many: 'clients' },
}

/** «214 клиентов (8 %)». */
export function clientsAndShare(claim: Claim, language: Language): string {
  const share = claim.of > 0 ? ` (${formatPercent(claim.clients / claim.of, language)})` : ''
  return formatCount(claim.clients, language, clients[language]) + share
}

const columns: Record<Language, Record<string, string>> = {
  ru: {
    label: 'Тема',
    topic: 'О чём',
    clients: 'Клиентов',
    share: 'Доля',
    won: 'Купили',
    lost: 'Не купили',
    mentions: 'Упоминаний',
    ratio: 'Чаще у купивших, раз',
  },
  en: {
    label: 'Theme',
    topic: 'Topic',
    clients: 'Clients',
    share: 'Share',
    won: 'Won',
    lost: 'Lost',
    mentions: 'Mentions',
    ratio: 'Odds among buyers',
  },
}
const topicNames: Record<Language, Record<string, string>> = {
  ru: {
    price: 'цена',
    landing: 'сайт и реклама',
    product: 'товар',
    terms: 'условия',
    service: 'сервис',
    other: 'другое',
  },
  en: {
    price: 'price',
    landing: 'site and ads',
    product: 'product',
    terms: 'terms',
    service: 'service',
    other: 'other',
  },
}

function toTable(themes: RankedThemes, language: Language): Table {
  const names = columns[language]
  const fact = (claim: Claim, label: string) =>
    claim.facts.find(candidate => candidate.label === label)?.value ?? null
  return {
    columns: [
      { name: 'label', label: names.label!, format: 'text' },
      { name: 'topic', label: names.topic!, format: 'text' },
      { name: 'clients', label: names.clients!, format: 'integer' },
      { name: 'share', label: names.share!, format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'won', label: names.won!, format: 'integer' },
      { name: 'lost', label: names.lost!, format: 'integer' },
      { name: 'ratio', label: names.ratio!, format: 'decimal', interval: ['ratio_low', 'ratio_high'] },
      { name: 'ratio_low', label: 'low', format: 'decimal' },
      { name: 'ratio_high', label: 'high', format: 'decimal' },
      { name: 'mentions', label: names.mentions!, format: 'integer' },
      { name: 'theme_id', label: 'ID', format: 'text' },
    ],
    rows: themes.claims.map(claim => [
      claim.text,
      topicNames[language][claim.topic ?? 'other'] ?? claim.topic!,
      claim.clients,
      claim.of > 0 ? claim.clients / claim.of : null,
      claim.interval?.[0] ?? null,
      claim.interval?.[1] ?? null,
      fact(claim, 'won'),
      fact(claim, 'lost'),
      claim.contrast?.ratio ?? null,
      claim.contrast?.interval[0] ?? null,
      claim.contrast?.interval[1] ?? null,
      fact(claim, 'mentions'),
      claim.id,
    ]),
    truncated: false,
  }
}

function toChart(claims: readonly Claim[], words: ThemeWords, language: Language): Output {
  const shown = claims.slice(0, 12)
  return {
    type: 'chart',
    title: words.title,
    description: shown.map(claim => `${claim.text}: ${clientsAndShare(claim, language)}`).join('; '),
    spec: {
      data: {
        values: shown.map(claim => ({
          label: claim.text,
          clients: claim.clients,
          text: clientsAndShare(claim, language),
        })),
      },
      height: { step: 30 },
      encoding: {
        y: {
          field: 'label',
          type: 'nominal',
          sort: null,
          axis: { title: null, labelLimit: 340, domain: false, ticks: false },
        },
        x: { field: 'clients', type: 'quantitative', axis: { title: words.axis, tickMinStep: 1 } },
      },
      layer: [
        { mark: { type: 'bar', color: claims[0]?.kind ?? 'question' } },
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'text' } } },
      ],
    },
  }
}

/** What those who bought say more than those who did not, and the reverse; empty when nothing stands beyond chance. */
function contrastOf(claims: readonly Claim[], language: Language): string {
  const stand = claims
    .filter(claim => claim.contrast?.stands && !claim.weak)
    .sort((a, b) => b.contrast!.ratio - a.contrast!.ratio)
  const more = stand.find(claim => claim.contrast!.ratio > 1)
  const less = stand.findLast(claim => claim.contrast!.ratio < 1)
  const times = (ratio: number) => formatTimes(ratio, language)
  const parts: string[] = []
  if (more) {
    const ratio = times(more.contrast!.ratio)
    parts.push(
      language === 'ru'
        ? `У купивших чаще, чем у отказавшихся, звучит **«${more.text}»**: шансы выше в ${ratio}.`
        : `Buyers say **“${more.text}”** more than those who refused: odds ${ratio} higher.`,
    )
  }
  if (less) {
    const ratio = times(1 / less.contrast!.ratio)
    parts.push(
      language === 'ru'
        ? `**«${less.text}»** — наоборот, у отказавшихся: шансы выше в ${ratio}.`
        : `**“${less.text}”** is the other way round: odds ${ratio} higher among those who refused.`,
    )
  }
  return parts.join(' ')
}

/** A cell kind that ranks themes of one kind; `words` by language. */
export function defineThemeCell(
  kind: string,
  themeKind: ThemeFilter['kind'],
  words: Record<Language, ThemeWords>,
): CellKind {
  return defineCell<z.infer<typeof optionsSchema>>({
    kind,
    body: 'yaml',
    options: optionsSchema,
    example: 'period: :period\ntopics: [price, landing]\nlimit: 10',
    tables: ['mentions', 'themes', 'conversations', 'utterances', 'deals', 'clients'],
    run: async (options, context: CellContext): Promise<CellResult> => {
      const { language } = context
      const least = evidenceOf(options.evidence, context)
      const themes = await rankThemes(context.query, {
        kind: themeKind,
        period: options.period ?? null,
        topics: options.topics,
        sources: [options.source ?? []].flat(),
        limit: options.limit,
        least,
      })
      const table = toTable(themes, language)
      const [any] = themes.claims
      const own = words[language]
      if (!any) return { outputs: [{ type: 'text', role: 'finding', markdown: own.nothing }], table }
      const first = themes.claims.find(claim => !claim.weak)
      const finding = [
        first ? own.finding(first, themes) : tooFew[language],
        contrastOf(themes.claims, language),
      ]
        .filter(Boolean)
        .join(' ')
      return {
        outputs: [
          { type: 'text', role: 'finding', markdown: finding },
          toChart(themes.claims, own, language),
          { type: 'insight', title: own.title, claims: themes.claims, coverage: themes.coverage, least },
          { type: 'table', title: own.title, table, folded: true },
        ],
        table,
      }
    },
  })
}
