/** Sentences of the brief before a call. */

import type { Brief, BriefDeal } from '../insight/brief.ts'
import type { Topic } from '../insight/brief-advice.ts'
import { formatDay, formatMoney, type Language } from '../lib/locale.ts'
import { valueLabel } from './field-names.ts'
import { type Figures, plain } from './figures.ts'

const why: Record<Language, Record<Topic['why'], string>> = {
  ru: {
    objection: 'Снять возражение',
    open: 'Ответить: на сайте ответа нет или он неясен',
    asked: 'Вернуться к вопросу',
    valued: 'Показать, что это у вас есть: клиент сам об этом говорил',
    similar: 'Предложить: это ценили похожие клиенты, которые купили',
  },
  en: {
    objection: 'Meet the objection',
    open: 'Answer: the site does not, or not clearly',
    asked: 'Come back to the question',
    valued: 'Show that you have it: the client named it',
    similar: 'Offer: clients like this one who bought valued it',
  },
}

const dayOf = (moment: string | null, language: Language) =>
  moment === null ? '' : formatDay(moment.slice(0, 10), language)

/** Who it is, what they came for and from where, what they last asked: the whole call in a few words. */
export function briefFinding(brief: Brief, figures: Figures): string {
  const ru = figures.language === 'ru'
  const { client, deal, asked, objected } = brief
  const kind = client.kind && valueLabel('kind', client.kind, namesOf(figures))
  const who = [client.profile, client.city, client.profile ? null : kind].filter(part => part !== null)
  const parts = [
    `**${ru ? 'Клиент' : 'Client'} ${client.alias}**${who.length > 0 ? ` (${plain(who.join(', '))})` : ''}`,
  ]
  if (deal) parts.push(dealText(deal, figures))
  const origin = originText(brief, figures.language)
  if (origin) parts.push(origin)
  const said = [
    asked[0] && `${ru ? 'спрашивал' : 'asked'}: ${quoted(asked[0].text, ru)}`,
    objected[0] && `${ru ? 'сомневался' : 'doubted'}: ${quoted(objected[0].text, ru)}`,
  ].filter(Boolean)
  if (said.length > 0) parts.push(said.join('; '))
  return `${parts.join(' · ')}.`
}

const quoted = (text: string, ru: boolean) => (ru ? `«${plain(text)}»` : `“${plain(text)}”`)

const namesOf = ({ language, currency }: Figures) => ({ language, currency, bands: [], labels: new Map() })

function dealText(
  { product, title, amount, currency, stage, created_at }: BriefDeal,
  figures: Figures,
): string {
  const { language } = figures
  const what = plain(product ?? title ?? (language === 'ru' ? 'сделка' : 'deal'))
  return [
    what,
    amount === null ? null : formatMoney(amount, currency ?? figures.currency, language),
    stage === null ? null : plain(stage),
    created_at === null ? null : `${language === 'ru' ? 'с' : 'since'} ${dayOf(created_at, language)}`,
  ]
    .filter(part => part !== null)
    .join(', ')
}

/** «пришёл из yandex по фразе …»; null where nothing is known. */
function originText({ deal, touches }: Brief, language: Language): string | null {
  const from = deal?.source ? deal : touches.at(-1)
  if (!from?.source) return null
  const ru = language === 'ru'
  const keyword = from.keyword
    ? ru
      ? ` по фразе ${quoted(from.keyword, ru)}`
      : ` by ${quoted(from.keyword, ru)}`
    : ''
  return `${ru ? 'источник' : 'source'} ${plain(from.source)}${keyword}`
}

/** The lines between the finding and what was said: persona, visits and pages, talks, time to call. */
export function briefLines(brief: Brief, figures: Figures): string[] {
  const ru = figures.language === 'ru'
  const { client, visits, pages, talks, call } = brief
  const lines: string[] = []
  if (client.persona)
    lines.push(`- ${ru ? 'Портрет' : 'Persona'}: ${plain(client.persona)} (${client.persona_id})`)
  if (visits > 0) {
    const seen = pages.slice(0, 5).map(({ url, visits: n }) => plain(n > 1 ? `${url} ×${n}` : url))
    const back = visits - 1
    lines.push(
      ru
        ? `- Визитов на сайт: ${visits}${back > 0 ? `, из них повторных ${back}` : ''}; страницы входа: ${seen.join(', ') || '—'}`
        : `- Site visits: ${visits}${back > 0 ? `, ${back} of them returning` : ''}; landing pages: ${seen.join(', ') || '—'}`,
    )
  }
  const [last] = talks
  if (last) {
    const missed = last.missed ? (ru ? ', пропущен' : ', missed') : ''
    const manager = last.manager ? `, ${plain(last.manager)}` : ''
    const kind =
      last.kind === 'comment'
        ? ru
          ? 'комментарий'
          : 'comment'
        : valueLabel('contact', last.kind, namesOf(figures))
    lines.push(
      `- ${ru ? 'Последнее обращение' : 'Last contact'}: ${dayOf(last.at, figures.language)}, ${kind}${manager}${missed}`,
    )
  }
  if (call) lines.push(`- ${callText(brief, figures)}`)
  return lines
}

function callText({ call }: Brief, { language, percent }: Figures): string {
  const { from, to, hits, of, basis } = call!
  const hours = `${String(from).padStart(2, '0')}:00–${String(to).padStart(2, '0')}:00`
  if (language === 'ru')
    return basis === 'client'
      ? `Когда звонить: **${hours}** — в это время ${hits} из ${of} обращений клиента`
      : `Когда звонить: **${hours}** — чаще всего в это время обращаются похожие клиенты (${percent(hits / of)}, n ${of})`
  return basis === 'client'
    ? `When to call: **${hours}**, the hours of ${hits} of this client’s ${of} contacts`
    : `When to call: **${hours}**, the hours at which clients like this one get in touch most (${percent(hits / of)}, n ${of})`
}

/** «1. Снять возражение: «дорого»». */
export function topicLines(topics: readonly Topic[], language: Language): string {
  const title = language === 'ru' ? '## О чём говорить' : '## What to talk about'
  const lines = topics.map(
    ({ why: reason, text }) => `1. ${why[language][reason]} — ${quoted(text, language === 'ru')}`,
  )
  return [title, '', ...lines].join('\n')
}
