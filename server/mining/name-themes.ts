/**
 * Names for themes by a language model, where one is configured: shorter and more whole than any one client's words, and
 * still made of them alone. Each theme is named once by a model; ids never change, and a person's own name stands above.
 */
import { z } from 'zod'
import { CancelledError, LimitError, UnavailableError } from '../errors.ts'
import { detectLanguage } from '../language/detect-language.ts'
import type { Item, Model, Source } from '../llm/model.ts'
import type { Connection, Database } from '../store/database.ts'
import { join, sql } from '../store/sql.ts'
import { correctThemes, readLog } from './catalogue.ts'
import { replay } from './edits.ts'
import { readState, writeState } from './state.ts'

/** Themes of one question to the model, and sayings that it sees of each. */
const THEMES = 8
const SAYINGS = 6
/** A name is short: letters and words of it at most. */
const LETTERS = 60
const WORDS = 8
/** What was named by which model, in mining's state. */
const STATE = 'model_names'

interface Named {
  model: string
  /** Themes that it was asked about, whether or not it found a name. */
  themes: string[]
}

interface Saying extends Source {
  theme_id: string
}

export interface NamingWatch {
  signal?: AbortSignal
  progress?(done: number, total: number): void
  warn?(message: string): void
}

/** Returns how many themes got a name. An endpoint that fails, or a budget that ends, leaves the rest as it was. */
export async function nameThemes(database: Database, model: Model, watch: NamingWatch = {}): Promise<number> {
  const state = await readState<Named>(database, STATE)
  const asked = new Set(state?.model === model.name ? state.themes : [])
  const themes = (await readThemes(database)).filter(id => !asked.has(id))
  let named = 0
  for (let at = 0; at < themes.length; at += THEMES) {
    if (watch.signal?.aborted)
      throw new CancelledError('Naming was stopped', { hint: 'Run it again to go on.' })
    const part = themes.slice(at, at + THEMES)
    const sayings = await readSayings(database, part)
    try {
      const names = await askNames(model, sayings)
      if (!names) return named
      for (const id of part) asked.add(id)
      await keepNames(database, names, { model: model.name, themes: [...asked] })
      named += names.size
    } catch (error) {
      if (!(error instanceof UnavailableError || error instanceof LimitError)) throw error
      watch.warn?.(`${error.message}; ${themes.length - at} themes keep the names that they have`)
      return named
    }
    watch.progress?.(Math.min(at + THEMES, themes.length), themes.length)
  }
  return named
}

/** Themes that people see, those of most clients first. */
async function readThemes(database: Connection): Promise<string[]> {
  const rows = await database.query<{ theme_id: string; clients: number }>(
    sql`select t.theme_id, count(distinct m.client_id) as clients from themes t join mentions m on m.theme_id = t.theme_id
      where t.hidden = 0 and t.alias_of is null group by t.theme_id order by clients desc, t.theme_id`,
  )
  return rows.map(row => row.theme_id)
}

/** What clients said most typically of each theme: whole utterances, each once. */
async function readSayings(database: Connection, ids: readonly string[]): Promise<Saying[]> {
  const rows = await database.query<Saying>(
    sql`select m.theme_id, m.client_id, m.conversation_id, m.n, u.speaker, u.text, k.alias from (
        select theme_id, client_id, conversation_id, n,
          row_number() over (partition by theme_id order by score desc, client_id, conversation_id, n) as place
        from mentions where theme_id in (${join(ids)})) m
      join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      join clients k on k.client_id = m.client_id
      where m.place <= ${SAYINGS * 3} and u.speaker = 'client' and length(u.text) <= 400
      order by m.theme_id, m.place`,
  )
  const taken = new Map<string, number>()
  const seen = new Set<string>()
  return rows.filter(row => {
    const n = taken.get(row.theme_id) ?? 0
    const key = `${row.client_id}\n${row.conversation_id}\n${row.n}`
    if (n >= SAYINGS || seen.has(key)) return false
    taken.set(row.theme_id, n + 1)
    seen.add(key)
    return true
  })
}

/** A name for each theme that got one; null when nothing was sent. */
async function askNames(model: Model, sayings: readonly Saying[]): Promise<Map<string, string> | null> {
  const themes = [...new Set(sayings.map(saying => saying.theme_id))]
  // Our ids say nothing to the model; its own are short.
  const short = new Map(themes.map((id, i) => [`t${i + 1}`, id]))
  const themeOf = new Map(sayings.map(saying => [placeOf(saying), saying.theme_id]))
  const fields = { theme: z.string() }
  const groups = themes.map((id, i) => {
    const numbers = sayings.flatMap((saying, n) => (saying.theme_id === id ? [`u${n + 1}`] : []))
    return `t${i + 1}: ${numbers.join(', ')}`
  })
  const { items, asked } = await model.write({
    name: 'names',
    language: detectLanguage(sayings.map(({ text }) => text).join(' ')),
    instructions: `The utterances are grouped into themes (${groups.join('; ')}). Write one item for each theme: its short name,
2 to 6 words in the clients’ own words and language, such as a table of contents would have it, without a greeting or a
full stop. In "theme" write the theme’s id; the evidence is of that theme alone.`,
    sources: sayings,
    whose: 'client',
    most: themes.length,
    fields,
    check: item => faultOf(item, short, themeOf),
  })
  if (!asked && sayings.length > 0) return null
  return new Map(items.map(({ text, fields: { theme } }) => [short.get(theme)!, capitalise(text)]))
}

const placeOf = (row: Pick<Source, 'client_id' | 'conversation_id' | 'n'>) =>
  `${row.client_id}\n${row.conversation_id}\n${row.n}`

const capitalise = (text: string) =>
  text.replace(/[.\s]+$/, '').replace(/^\p{Ll}/u, letter => letter.toUpperCase())

function faultOf(
  { text, fields, spans }: Item<{ theme: z.ZodString }>,
  short: ReadonlyMap<string, string>,
  themeOf: ReadonlyMap<string, string>,
): string | null {
  const theme = short.get(fields.theme)
  if (theme === undefined) return `there is no theme “${fields.theme.slice(0, 10)}”`
  if (spans.some(span => themeOf.get(placeOf(span)) !== theme)) return 'its evidence is of another theme'
  const words = text.split(/\s+/).length
  if (text.length > LETTERS || words > WORDS)
    return `a name has at most ${WORDS} words and ${LETTERS} letters`
  return null
}

/** Names and the note of what was asked, at once; a theme that is renamed by a person keeps its name. */
async function keepNames(database: Database, names: ReadonlyMap<string, string>, note: Named): Promise<void> {
  await database.transaction(async connection => {
    for (const [id, name] of names)
      await connection.run(sql`update themes set machine_label = ${name} where theme_id = ${id}`)
    await correctThemes(connection, names.keys(), replay(await readLog(connection)))
    await writeState(connection, STATE, note)
  })
}
