/** The brief before a call: source, pages, what this client asked and objected, what clients like it valued, what to say. */
import { z } from 'zod'
import { type Brief, newestOpenDeal, readBrief } from '../../insight/brief.ts'
import { briefFinding, briefLines, topicLines } from '../brief-words.ts'
import { defineCell, type Language } from '../cell.ts'
import { createFigures } from '../figures.ts'
import type { Output, Table } from '../output.ts'

const id = z
  .union([z.string(), z.number()])
  .transform(value => String(value).trim())
  .nullish()
const optionsSchema = z.strictObject({
  /** A deal's id. Without it and `client`: the newest open deal. */
  deal: id,
  /** A client's id or number. */
  client: id,
})

const words = {
  ru: {
    none: 'Открытых сделок нет. Выберите сделку или клиента.',
    missing:
      'Такой сделки или клиента нет. Проверьте, что ID написан как в CRM, вместе с системой: amocrm:123.',
    asked: 'Что клиент спрашивал',
    valued: 'Что для него важно',
    objected: 'Что его останавливает',
    similar: (n: number) => `Что ценили похожие клиенты, которые купили (n ${n})`,
    touches: 'Реклама и переходы',
    columns: ['Когда', 'Что', 'Источник', 'Тип', 'Кампания', 'Объявление', 'Ключевая фраза', 'Страница'],
    what: { visit: 'визит', conversation: 'обращение', deal: 'сделка' },
    silent: 'Слов этого клиента пока нет: разговоры не загружены или в них ничего не нашлось.',
  },
  en: {
    none: 'There are no open deals. Choose a deal or a client.',
    missing: 'There is no such deal or client. Check that the id is written with its system: amocrm:123.',
    asked: 'What this client asked',
    valued: 'What matters to them',
    objected: 'What holds them back',
    similar: (n: number) => `What clients like this one who bought valued (n ${n})`,
    touches: 'Ads and visits',
    columns: ['When', 'What', 'Source', 'Medium', 'Campaign', 'Ad', 'Keyword', 'Page'],
    what: { visit: 'visit', conversation: 'contact', deal: 'deal' },
    silent:
      'No words of this client are known yet: no conversations are loaded, or nothing was found in them.',
  },
} as const

const columns = ['at', 'what', 'source', 'medium', 'campaign', 'content', 'keyword', 'page'] as const

function toTable(brief: Brief | null, language: Language): Table {
  const own = words[language]
  return {
    columns: columns.map((name, i) => ({
      name,
      label: own.columns[i]!,
      format: name === 'at' ? 'moment' : 'text',
    })),
    rows: (brief?.touches ?? []).map(touch =>
      columns.map(name => (name === 'what' ? own.what[touch.what] : touch[name])),
    ),
    truncated: false,
  }
}

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'brief',
  body: 'yaml',
  options: optionsSchema,
  example: 'client: 14',
  tables: [
    'clients',
    'deals',
    'conversations',
    'utterances',
    'visits',
    'mentions',
    'themes',
    'gaps',
    'personas',
    'client_personas',
    'persona_traits',
  ],
  run: async ({ deal, client }, { query, language, currency }) => {
    const own = words[language]
    const say = (markdown: string) => ({
      outputs: [{ type: 'text', role: 'finding', markdown }] satisfies Output[],
      table: toTable(null, language),
    })
    const chosen = deal || (client ? null : await newestOpenDeal(query))
    if (!chosen && !client) return say(own.none)
    const brief = await readBrief(query, chosen ? { deal: chosen } : { client: client! })
    if (!brief) return say(own.missing)
    const figures = createFigures(language, currency)
    const table = toTable(brief, language)
    const outputs: Output[] = [{ type: 'text', role: 'finding', markdown: briefFinding(brief, figures) }]
    const lines = briefLines(brief, figures)
    if (lines.length > 0) outputs.push({ type: 'text', role: 'prose', markdown: lines.join('\n') })
    if (brief.topics.length > 0)
      outputs.push({ type: 'text', role: 'prose', markdown: topicLines(brief.topics, language) })
    for (const part of ['objected', 'asked', 'valued'] as const)
      if (brief[part].length > 0) outputs.push({ type: 'insight', title: own[part], claims: brief[part] })
    if (brief.asked.length + brief.valued.length + brief.objected.length === 0)
      outputs.push({ type: 'text', role: 'note', markdown: own.silent })
    if (brief.similar && brief.similar.valued.length > 0)
      outputs.push({
        type: 'insight',
        title: own.similar(brief.similar.clients),
        claims: brief.similar.valued,
      })
    if (table.rows.length > 0) outputs.push({ type: 'table', title: own.touches, table, folded: true })
    return { outputs, table }
  },
})
