/** Channels as sentences, pictures and a table. */
import type { Channel, Channels } from '../metrics/channels.ts'
import { type Figures, plain } from './figures.ts'
import type { ChartOutput, Scalar, Table, TableColumn } from './output.ts'
import { toSegmentTable } from './segment-table.ts'

const words = {
  ru: {
    contacts: 'Обращения',
    missed: 'Пропущено',
    payback: 'Окупаемость, дней',
    axis: 'Дней от лида до окупаемости',
    title: 'За сколько дней окупается расход',
  },
  en: {
    contacts: 'Contacts',
    missed: 'Missed',
    payback: 'Payback, days',
    axis: 'Days from lead to payback',
    title: 'In how many days spend pays back',
  },
} as const

/** How soon the paid channels pay back: the slowest, and those that never did. */
export function paybackFinding(
  { channels }: Channels,
  nameOf: (channel: Channel) => string,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  const paid = channels.filter(({ segment }) => (segment.cost ?? 0) > 0 && !segment.small)
  if (paid.length === 0) return ''
  const never = paid.filter(channel => channel.payback === null)
  const slow = paid.filter(channel => channel.payback !== null).sort((a, b) => b.payback! - a.payback!)
  const name = (channel: Channel) => `**${plain(nameOf(channel))}**`
  const list = never.map(name).join(', ')
  const sentences = [
    never.length > 0
      ? ru
        ? `Расход пока не вернули: ${list}.`
        : `Spend has not paid back yet: ${list}.`
      : '',
    slow.length > 1 ? paybackSpan(slow, never.length > 0, name, figures) : '',
  ]
  return sentences.filter(Boolean).join(' ')
}

/** Below so many times a difference of days is no news. */
const APART = 1.5

function paybackSpan(
  slow: readonly Channel[],
  others: boolean,
  name: (channel: Channel) => string,
  figures: Figures,
): string {
  const ru = figures.language === 'ru'
  const [first, last] = [slow.at(-1)!, slow[0]!]
  const [least, most] = [first.payback!, last.payback!]
  const days = figures.count(most, 'day')
  if (most < least * APART) {
    const span = least === most ? days : `${figures.number(least)}–${days}`
    if (ru) return `${others ? 'Остальной расход' : 'Расход'} окупается за ${span}.`
    return `${others ? 'Spend on the others' : 'Spend'} pays back in ${span}.`
  }
  return ru
    ? `Быстрее всех окупается ${name(first)} — за ${figures.count(least, 'day')}, дольше всех ${name(last)} — за ${days}.`
    : `${name(first)} pays back soonest, in ${figures.count(least, 'day')}; ${name(last)} last, in ${days}.`
}

export function paybackChart(
  { channels }: Channels,
  nameOf: (channel: Channel) => string,
  figures: Figures,
): ChartOutput | null {
  const own = words[figures.language]
  const paid = channels.filter(channel => channel.payback !== null).sort((a, b) => a.payback! - b.payback!)
  if (paid.length < 2) return null
  const values = paid.map(channel => ({
    channel: nameOf(channel),
    days: channel.payback,
    opacity: channel.segment.small ? 0.35 : 1,
    text: `${figures.count(channel.payback!, 'day')} · ROMI ${figures.percent(channel.segment.romi)}`,
  }))
  return {
    type: 'chart',
    title: own.title,
    description: values.map(value => `${value.channel}: ${value.text}`).join('; '),
    spec: {
      data: { values },
      height: { step: 32 },
      encoding: {
        y: {
          field: 'channel',
          type: 'nominal',
          sort: null,
          axis: { title: null, domain: false, ticks: false },
        },
        x: { field: 'days', type: 'quantitative', axis: { title: own.axis } },
      },
      layer: [
        {
          mark: { type: 'bar', color: 'accent' },
          encoding: { opacity: { field: 'opacity', type: 'quantitative', scale: null } },
        },
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'text' } } },
      ],
    },
  }
}

/** The table of segments with what only channels have. */
export function channelTable(
  { all, channels }: Channels,
  field: { name: string; label: string },
  nameOf: (channel: Channel) => string,
  language: 'ru' | 'en',
  currency: string,
): { table: Table; small: number[] } {
  const own = words[language]
  const bySegment = new Map(channels.map(channel => [channel.segment, channel]))
  const { table, small } = toSegmentTable(
    all,
    [field],
    segment => nameOf(bySegment.get(segment)!),
    language,
    currency,
  )
  const talked = channels.some(channel => channel.contacts !== null)
  const columns: TableColumn[] = [
    ...(talked
      ? ([
          { name: 'contacts', label: own.contacts, format: 'integer' },
          { name: 'missed', label: own.missed, format: 'integer' },
        ] as const)
      : []),
    { name: 'payback', label: own.payback, format: 'integer' },
  ]
  const more = (channel: Channel | undefined): Scalar[] => [
    ...(talked ? [channel?.contacts ?? null, channel?.missed ?? null] : []),
    channel?.payback ?? null,
  ]
  // Contacts come before leads, payback after all.
  const at = talked ? 2 : 0
  const rows = table.rows.map((row, i) => {
    const extra = more(channels[i])
    return [row[0]!, ...extra.slice(0, at), ...row.slice(1), ...extra.slice(at)]
  })
  return {
    table: {
      ...table,
      columns: [table.columns[0]!, ...columns.slice(0, at), ...table.columns.slice(1), ...columns.slice(at)],
      rows,
    },
    small,
  }
}
