/** English texts of results: tables, tiles, claims, quotes. Defines the keys; Russian has the same. */
import { formatCount, formatNumber, formatTimes, plural } from '../../../server/api/contract.ts'

const rowForms = { one: 'row', many: 'rows' }
const number = (value: number) => formatNumber(value, 'en')

export const en = {
  table: {
    folded: (rows: number) => `Table (${formatCount(rows, 'en', rowForms)})`,
    showAll: (rows: number) => `Show all ${formatCount(rows, 'en', rowForms)}`,
    truncated: (rows: number) => `The first ${formatCount(rows, 'en', rowForms)} are shown; there are more.`,
    cut: (shown: number, rows: number) =>
      `${formatCount(shown, 'en', rowForms)} of ${number(rows)} are shown; the rest is in the exported table.`,
    empty: 'No rows.',
    small: 'few data',
  },
  chart: {
    failed: 'The chart could not be drawn',
    seeTable: 'The numbers are in the table below it.',
  },
  metrics: {
    label: 'Metrics',
    rise: 'up',
    fall: 'down',
    same: 'no change',
    better: 'better',
    worse: 'worse',
    points: (value: string) => `${value} pp`,
    before: (value: string) => `was ${value}`,
    yearAgo: (value: string) => `${value} a year ago`,
    n: (n: number) => `n = ${number(n)}`,
    interval: '95% interval',
    none: 'no data',
  },
  insight: {
    clients: (clients: number) => formatCount(clients, 'en', { one: 'client', many: 'clients' }),
    of: (of: number) => `of ${number(of)}`,
    interval: '95% interval',
    weak: 'Few data',
    least: (clients: number, spans: number) =>
      `A finding needs ${formatCount(clients, 'en', { one: 'client', many: 'clients' })} and ${formatCount(spans, 'en', { one: 'passage', many: 'passages' })}.`,
    weakWhy:
      'Too few clients stand behind these to call them findings; they are listed so that nothing is lost.',
    moreQuotes: (quotes: number) =>
      `${formatCount(quotes, 'en', { one: 'more quote', many: 'more quotes' })}`,
    quotes: (quotes: number) => formatCount(quotes, 'en', { one: 'quote', many: 'quotes' }),
    coverage: (assigned: number, mentions: number, waiting: number) =>
      waiting === 0
        ? `All ${formatCount(mentions, 'en', { one: 'mention', many: 'mentions' })} belong to a theme.`
        : `${number(assigned)} of ${formatCount(mentions, 'en', { one: 'mention', many: 'mentions' })} belong to a theme; ${number(waiting)} ${plural(waiting, 'en', { one: 'waits', many: 'wait' })} for others like them.`,
    trend: (from: string, first: number, to: string, last: number) =>
      `Clients by month: ${number(first)} in ${from}, ${number(last)} in ${to}.`,
    facts: {
      won: 'bought',
      lost: 'did not buy',
      mentions: 'mentions',
      others: 'among the others',
      section: 'section:',
      phrases: 'made of:',
      passages: 'passages',
      told: 'were told so:',
      place: 'place:',
      status: 'status:',
      doubt: 'unsettled:',
    } as Record<string, string>,
    contrast: (ratio: number, bought: boolean) =>
      bought
        ? `odds ${formatTimes(ratio, 'en')} higher among buyers`
        : `odds ${formatTimes(ratio, 'en')} higher among those who did not buy`,
    empty: 'Nothing was found.',
    rest: (count: number) => `Show ${count} more`,
  },
  ad: {
    edit: 'Line of the ad',
    reset: 'Undo edits',
    copy: 'Copy',
    copied: 'Copied',
    of: (length: number, max: number) => `${number(length)} of ${number(max)}`,
    rules: {
      length: 'does not fit',
      word: 'a word too long',
      exclamations: 'more than one “!”',
      'no-exclamation': '“!” in a headline',
      'repeated-marks': 'repeated marks',
      capitals: 'a word in capitals',
      'spaced-letters': 'spaced letters',
      contact: 'contact details',
      emoji: 'emoji',
      'line-break': 'a line break',
      superlative: 'a superlative',
      guarantee: 'an unconditional promise',
      'foreign-currency': 'foreign currency',
    } as Record<string, string>,
  },
  topics: {
    price: 'price',
    landing: 'site and ads',
    product: 'product',
    terms: 'terms',
    service: 'service',
    other: 'other',
  } as Record<string, string>,
  kinds: {
    question: 'question',
    value: 'value',
    objection: 'objection',
    trait: 'trait',
    idea: 'idea',
    draft: 'draft',
    answer: 'answer',
  },
  quote: {
    open: '“',
    close: '”',
    client: (alias: number) => `Client ${alias}`,
    agent: 'Manager',
    note: 'Note in the CRM',
    conversation: {
      call: 'call',
      chat: 'chat',
      messenger: 'messenger',
      email: 'e-mail',
      form: 'form',
      comment: 'comment',
    } as Record<string, string>,
    deal: { open: 'deal open', won: 'deal won', lost: 'deal lost' } as Record<string, string>,
    moment: 'To the conversation',
    into: (time: string) => `${time} in`,
  },
  input: {
    all: 'all',
    from: 'from',
    to: 'to',
    yes: 'yes',
    no: 'no',
    allTime: 'all time',
    none: 'not chosen',
  },
  error: {
    failed: 'This part failed',
    where: (line: number, column: number) => `Notebook line ${line}, column ${column}`,
    skipped: (names: string) => `Not computed: it needs ${names}, which failed.`,
    cancelled: 'Stopped before it was computed.',
  },
  report: {
    period: 'Period',
    made: (moment: string) => `Made ${moment}`,
    dataTo: (day: string) => `data up to ${day}`,
    filters: 'What is counted',
    masked:
      'Personal data is masked: names, phones and addresses are replaced by placeholders, clients have numbers.',
    unmasked:
      'Clients have numbers instead of names. What was said in conversations is not masked: do not pass this on.',
    by: 'Made with Verbatim',
    problems: (count: number) =>
      `${formatCount(count, 'en', { one: 'part', many: 'parts' })} of this report could not be computed; the place and the reason are below.`,
  },
}
