/** The English company's files: a HubSpot-like CRM, a phone system, Google Ads and Meta, as they are exported. */
import { join } from 'node:path'
import type { Demo } from '../generate.ts'
import type { ClientRows, ConversationRow, SpendRow } from '../rows.ts'
import { notesByDeal, originCells, originColumns, printChat, toTurns, visitCells } from './columns.ts'
import { bareId, createTable } from './csv.ts'
import { writePages } from './pages.ts'
import { createTextFile } from './text-file.ts'
import { createSingles } from './transcripts.ts'
import { writeXlsx } from './xlsx.ts'

const yes = (flag: 0 | 1) => (flag ? 'Yes' : 'No')
/** `2026-03-01 10:20` */
const minute = (moment: string | null) => moment?.slice(0, 16) ?? null

/** Writes all files into a folder that exists. Names begin with the order in which they are imported. */
export async function writeEnglish(demo: Demo, folder: string): Promise<void> {
  const path = (name: string) => join(folder, name)
  const crm = openCrm(path)
  const phones = openPhones(path, folder)
  for (const rows of demo.clients()) {
    crm.write(rows)
    phones.write(rows)
  }
  crm.close()
  phones.close()
  writeSpend([...demo.spend()], path)
  const rows = demo.targets.map(({ month, manager, metric, value }) => [
    new Date(`${month}-01T00:00:00Z`),
    manager || null,
    metric === 'revenue' ? 'Revenue' : metric === 'leads' ? 'Leads' : 'Deals won',
    value,
  ])
  await writeXlsx(path('11-plan.xlsx'), 'Plan', [['Month', 'Manager', 'Metric', 'Plan'], ...rows])
  writePages(demo, path('12-landing.json'), path('13-faq.json'))
}

/** Contacts, deals with notes, moves in the funnel. */
function openCrm(path: (name: string) => string) {
  const contacts = createTable(path('01-contacts.csv'), 'utf8', ',', [
    ...[
      'Record ID',
      'First Name',
      'Last Name',
      'Company',
      'Customer type',
      'Phone Number',
      'Email',
      'City',
      'County',
    ],
    ...['Property type', 'House age', 'Marketing consent', 'Create Date'],
  ])
  const deals = createTable(path('02-deals.csv'), 'utf8', ',', [
    ...[
      'Record ID',
      'Deal Name',
      'Associated Contact ID',
      'Deal owner',
      'Pipeline',
      'Deal Stage',
      'Amount',
      'Currency',
    ],
    ...['Product', 'Create Date', 'Date became SQL', 'Close Date', 'Closed Lost Reason', 'Deal tags'],
    ...[...originColumns, 'First page seen', 'Notes 1', 'Notes 2'],
  ])
  const stages = createTable(path('03-stages.csv'), 'utf8', ',', ['Deal ID', 'Deal Stage', 'Date entered'])
  return {
    write: ({ client, deals: own, stages: moves, conversations }: ClientRows) => {
      const [first, last] = client.name.split(' ')
      contacts.row([
        ...[bareId(client.client_id), first!, last!, client.company],
        ...[client.kind === 'company' ? 'Company' : 'Person', client.phone, client.email, client.city],
        ...[
          client.region,
          client.profile,
          client.building,
          yes(client.consent),
          minute(client.first_seen_at),
        ],
      ])
      const notes = notesByDeal(conversations)
      for (const deal of own) {
        const [one, two] = notes.get(deal.deal_id) ?? []
        deals.row([
          ...[
            bareId(deal.deal_id),
            deal.title,
            bareId(client.client_id),
            deal.manager,
            deal.pipeline,
            deal.stage,
          ],
          ...[deal.amount, deal.currency, deal.product, minute(deal.created_at), minute(deal.qualified_at)],
          ...[minute(deal.closed_at), deal.loss_reason, deal.tags.join('; '), ...originCells(deal)],
          ...[deal.landing_page, one ?? null, two ?? null],
        ])
      }
      for (const move of moves) stages.row([bareId(move.deal_id), move.stage, minute(move.entered_at)])
    },
    close: () => {
      for (const table of [contacts, deals, stages]) table.close()
    },
  }
}

/** Calls and their transcripts, chats and forms, sessions on the site. */
function openPhones(path: (name: string) => string, folder: string) {
  const calls = createTable(path('04-calls.csv'), 'utf8', ',', [
    ...['Call ID', 'Start time', 'Direction', 'Caller number', 'Agent', 'Duration', 'Wait time', 'Missed'],
    ...originColumns,
  ])
  const lines = createTextFile(path('05-transcripts.jsonl'), 'utf8')
  const chats = createTextFile(path('06-chats.jsonl'), 'utf8')
  const visits = createTable(path('07-visits.csv'), 'utf8', ',', [
    ...[
      'Session ID',
      'Visitor ID',
      'Phone',
      'Session start',
      ...originColumns,
      'Landing page',
      'Page views',
      'Goals',
    ],
  ])
  const single = createSingles(folder, ['vtt', 'srt'], { agent: 'Agent', client: 'Customer' })
  const writeCall = (row: ConversationRow, phone: string) => {
    const id = bareId(row.conversation_id)
    calls.row([
      ...[id, minute(row.started_at), row.direction === 'in' ? 'inbound' : 'outbound', phone, row.manager],
      ...[row.duration_s, row.wait_s, yes(row.is_missed), ...originCells(row)],
    ])
    if (row.utterances.length === 0 || single(row)) return
    const turns = toTurns(row.utterances, 'agent', 'customer')
    lines.write(`${JSON.stringify({ call_id: Number(id), kind: 'call', turns })}\n`)
  }
  return {
    write: ({ client, conversations, visits: seen }: ClientRows) => {
      for (const row of conversations) {
        if (row.kind === 'call') writeCall(row, client.phone)
        else if (row.kind !== 'comment') {
          const fields = {
            channel: row.kind,
            direction: row.direction,
            started_at: row.started_at,
            phone: client.phone,
            agent: row.manager,
          }
          chats.write(printChat(row, fields, { agent: 'agent' }))
        }
      }
      for (const visit of seen)
        visits.row([bareId(visit.visit_id), visit.visitor, client.phone, ...visitCells(visit)])
    },
    close: () => {
      for (const file of [calls, lines, chats, visits]) file.close()
    },
  }
}

/** Google Ads' “Excel CSV”, which is UTF-16 parted by tabs; Meta's CSV; the printer's bills. */
function writeSpend(rows: readonly SpendRow[], path: (name: string) => string): void {
  const google = createTable(
    path('08-google-ads.csv'),
    'utf16le-bom',
    '\t',
    ['Campaign', 'Search keyword', 'Day', 'Currency code', 'Impr.', 'Clicks', 'Cost'],
    ['Campaign performance', 'August 1, 2025 - October 31, 2026'],
  )
  const money = (value: number) =>
    value.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const total = { impressions: 0, clicks: 0, pence: 0 }
  for (const { source, day, campaign, keyword, currency, impressions, clicks, cost } of rows) {
    if (source !== 'google') continue
    total.impressions += impressions!
    total.clicks += clicks!
    total.pence += Math.round(cost * 100)
    google.row([
      ...[campaign, keyword ?? '--', day, currency, impressions!.toLocaleString('en-GB'), clicks],
      money(cost),
    ])
  }
  const { impressions, clicks, pence } = total
  google.row([
    ...[
      'Total: Campaigns',
      '',
      '',
      'GBP',
      impressions.toLocaleString('en-GB'),
      clicks.toLocaleString('en-GB'),
    ],
    money(pence / 100),
  ])
  google.close()
  const meta = createTable(path('09-meta-ads.csv'), 'utf8', ',', [
    ...[
      'Day',
      'Source',
      'Campaign name',
      'Ad name',
      'Impressions',
      'Reach',
      'Clicks',
      'Amount spent',
      'Currency',
    ],
  ])
  const offline = createTable(path('10-offline.csv'), 'utf8', ',', [
    'Date',
    'Source',
    'Campaign',
    'Cost',
    'Currency',
  ])
  for (const row of rows) {
    const { day, source, campaign, content, impressions, reach, clicks, cost, currency } = row
    if (source === 'meta')
      meta.row([day, source, campaign, content, impressions, reach, clicks, cost, currency])
    else if (source !== 'google') offline.row([day, source, campaign, cost, currency])
  }
  meta.close()
  offline.close()
}
