/**
 * What an import has to say to a person: a stable code with what it speaks of, so that it can be said in any language. The
 * English here is what the command line prints and the database keeps beside the code.
 */
type Values = Readonly<Record<string, string | number>>

/** What a cell should have been; `{what}` of `not_value`. */
const whats: Record<string, string> = {
  date: 'a date that exists',
  duration: 'a duration',
  flag: 'yes or no',
  money: 'a sum that can be read in one way',
  month: 'a month that exists',
  whole: 'a whole number',
}

const english = {
  // Why a row was not taken.
  not_value: ({ value, what, column }) =>
    `“${value}” is not ${whats[what!]}${column === undefined ? '' : ` (column “${column}”)`}`,
  missing: ({ column }) => `nothing in “${column}”, which a row can't do without`,
  nobody: () => 'neither an id nor a phone nor an e-mail says which client this is',
  no_words: () => 'the conversation has no words',
  no_plan: () => 'the plan has no value',
  no_date: () => 'the row has no date',
  width: ({ found, expected }) => `the row has ${found} columns, its header ${expected}`,
  open_quote: () => 'a quote is opened and never closed',
  long_line: ({ most }) => `the line is longer than ${Number(most).toLocaleString('en')} characters`,
  not_json: ({ why }) => `the line is not whole JSON${why ? `: ${why}` : ''}`,
  not_object: () => 'not an object with named fields',
  too_deep: () => 'nested too deeply',
  no_turn: () => 'no turn has begun yet',
  no_timing: () => 'the block has no timing line',
  turn_text: () => 'the turn has no text',
  turn_time: () => 'its time is not a time within 48 hours',
  // Notes on a file as a whole.
  totals: ({ n }) => `Rows of totals passed over: ${n}`,
  headers: ({ n }) => `Repeated headers passed over: ${n}`,
  preamble: ({ n }) => `Lines passed over before the header: ${n}`,
  day_first: () => 'Dates such as 03/04/2025 were read as day/month/year',
  agent_guessed: () => 'Who is the agent was guessed from the words; set it with --speaker NAME=agent.',
  sheets: ({ sheet, others }) =>
    `Sheet “${sheet}” was read; ${others} not. Export another sheet to import it.`,
  damaged: ({ n, first }) =>
    `Lines with characters that could not be read, kept as �: ${n}, the first is ${first}`,
  erased: ({ n }) => `Rows of clients who were erased, passed over: ${n}`,
  summed: ({ n }) => `Rows that differ only in columns not kept, summed: ${n}`,
  replaced: ({ n }) => `Rows of an earlier export of these days, replaced: ${n}`,
  remembered: () => 'Columns are read as you said the last time',
} as const satisfies Record<string, (values: Values) => string>

export type MessageCode = keyof typeof english
export interface Message {
  code: MessageCode
  values: Values
}

export function message(code: MessageCode, values: Values = {}): Message {
  return { code, values }
}

/** The message as the command line prints it. */
export function inEnglish({ code, values }: Message): string {
  return (english[code] as (values: Values) => string)(values)
}
