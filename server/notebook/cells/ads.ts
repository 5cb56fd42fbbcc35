/** Ad ideas: lines for the platforms, set from what a persona's or segment's clients value and ask; tables to import. */
import { z } from 'zod'
import { toAdTable } from '../../insight/ad-layouts.ts'
import { AD_RULES_AS_OF, adPlatforms } from '../../insight/ad-platforms.ts'
import type { Rival } from '../../insight/ad-rivals.ts'
import { type Ads, readAds } from '../../insight/ads.ts'
import { sql } from '../../store/sql.ts'
import { adFinding, adNotes, adTitles, rivalFinding, rivalTable } from '../ads-text.ts'
import { type CellContext, defineCell } from '../cell.ts'
import { createFigures } from '../figures.ts'
import type { Output, Table } from '../output.ts'

const one = z.union([z.array(z.string()), z.string()]).nullish()
const ids = adPlatforms.map(({ id }) => id)

const optionsSchema = z.strictObject({
  /** A persona's id (`p-1`); none: all clients, or those of the marks below. */
  persona: z.string().nullish().meta({ choices: 'persona' }),
  product: one.meta({ choices: 'product' }),
  source: one.meta({ choices: 'source' }),
  city: one.meta({ choices: 'city' }),
  profile: one.meta({ choices: 'profile' }),
  platforms: z.array(z.string().refine(id => ids.includes(id), `one of ${ids.join(', ')}`)).default([]),
  limit: z.number().int().min(1).max(30).default(10),
  /** Whether to hold one's own ads and pages against what buyers value. */
  rivals: z.boolean().default(true),
})
type Options = z.infer<typeof optionsSchema>

const listOf = (value: string | string[] | null | undefined) => [value ?? []].flat()

/** What is shown as the group's name: the persona's, else the marks. */
async function groupOf({ query }: CellContext, options: Options): Promise<string> {
  const marks = [options.product, options.source, options.city, options.profile].flatMap(listOf).join(', ')
  if (!options.persona) return marks
  const { rows } = await query(sql`select name from personas where persona_id = ${options.persona}`)
  return [String(rows[0]?.[0] ?? options.persona), marks].filter(Boolean).join(', ')
}

/** What later cells read: every line with its platform, field and length. */
function toTable(ads: Ads, language: 'ru' | 'en'): Table {
  const { columns, lineRows } = adTitles(language)
  return { columns, rows: lineRows(ads), truncated: false }
}

export default defineCell<Options>({
  kind: 'ads',
  body: 'yaml',
  options: optionsSchema,
  example: 'persona: p-1\nplatforms: [yandex_combinatorial, telegram]\nlimit: 6',
  tables: [
    'personas',
    'client_personas',
    'themes',
    'mentions',
    'utterances',
    'conversations',
    'clients',
    'deals',
    'gaps',
    'pages',
  ],
  run: async (options, context) => {
    const { language, query, currency } = context
    const audience = {
      persona: options.persona ?? null,
      products: listOf(options.product),
      sources: listOf(options.source),
      cities: listOf(options.city),
      profiles: listOf(options.profile),
    }
    const [ads, group] = await Promise.all([
      readAds(query, { audience, platforms: options.platforms, limit: options.limit, language }),
      groupOf(context, options),
    ])
    const figures = createFigures(language, currency)
    const titles = adTitles(language)
    const outputs: Output[] = [{ type: 'text', role: 'finding', markdown: adFinding(ads, group, figures) }]
    for (const role of ['headline', 'text', 'whole'] as const) {
      const claims = ads.ideas.filter(idea => idea.role === role).map(({ claim }) => claim)
      if (claims.length > 0) outputs.push({ type: 'insight', title: titles[role], claims })
    }
    if (ads.weak.length > 0)
      outputs.push({ type: 'insight', title: titles.weak, claims: ads.weak.map(({ claim }) => claim) })
    for (const set of ads.sets) {
      const table = toAdTable(set, group)
      if (table) outputs.push({ type: 'table', title: set.platform.label[language], table, folded: true })
    }
    const rivals: Rival[] = options.rivals ? ads.rivals : []
    if (rivals.length > 0) {
      outputs.push({ type: 'text', role: 'prose', markdown: rivalFinding(rivals, figures) })
      outputs.push({ type: 'table', title: titles.rivals, table: rivalTable(rivals, language), folded: true })
    }
    if (ads.ideas.length > 0)
      outputs.push({ type: 'text', role: 'note', markdown: adNotes(AD_RULES_AS_OF, figures) })
    return { outputs, table: toTable(ads, language) }
  },
})
