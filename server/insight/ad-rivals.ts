/**
 * What one's own ads and landing pages promise and no buyer names as a value: campaigns, ads, keywords and sections against
 * the words in which clients who bought, and who did not, say what matters to them. A price in an ad that clients ask about
 * is named too.
 */
import { detectLanguage } from '../language/detect-language.ts'
import { tokenize } from '../language/tokens.ts'
import { sql } from '../store/sql.ts'
import { contentStems } from './ad-phrases.ts'
import { type Query, rowsOf } from './query.ts'
import { LEAST_CLIENTS } from './themes.ts'

export interface Rival {
  /** keyword, ad, campaign or page */
  where: 'keyword' | 'ad' | 'page'
  text: string
  /** Clients who came by it; null for pages. */
  came: number | null
  bought: number | null
  /** Clients who named it as a value: who bought, and who lost a deal and bought nothing. */
  won: number
  lost: number
  /** Clients who asked about a number in it. */
  asked: number
}

interface Piece extends Pick<Rival, 'where' | 'text' | 'came' | 'bought'> {
  stems: string[]
  numbers: string[]
}

const MOST = 50_000

/** Those that no enough buyers value, what brought most clients first, then the pages' in their order. */
export async function readRivals(query: Query, limit: number): Promise<Rival[]> {
  const [marks, pages, names, values, questions] = await Promise.all([
    readMarks(query),
    rowsOf<{ heading: string | null; text: string }>(
      query,
      sql`select heading, text from pages where kind = 'landing' order by page_id`,
    ),
    rowsOf<{ name: string }>(
      query,
      sql`select distinct product as name from deals where product is not null
        union select distinct city from clients where city is not null`,
    ),
    readSaid(query, 'value'),
    readSaid(query, 'question'),
  ])
  // What is sold and where is no promise.
  const plain = new Set(names.flatMap(({ name }) => stemsOf(name)))
  const pieces: Piece[] = [
    ...marks.map(mark => toPiece(mark)),
    ...pages.flatMap(({ heading, text }) =>
      [...(heading ? [heading] : []), ...text.split(/[.,;:!?]+(?=\s|$)/)].map(part =>
        toPiece({ where: 'page', text: part.trim(), came: null, bought: null }),
      ),
    ),
  ]
  const seen = new Set<string>()
  const rivals = pieces.flatMap(({ stems, numbers, ...piece }): Rival[] => {
    const promise = stems.filter(stem => !plain.has(stem))
    const key = `${promise.join(' ')} ${numbers.join(' ')}`
    if ((promise.length === 0 && numbers.length === 0) || promise.length > 5 || seen.has(key)) return []
    seen.add(key)
    const asked = countClients(questions, said => numbers.some(number => said.numbers.includes(number)))
    const named = (status: string) =>
      promise.length === 0
        ? 0
        : countClients(values, said => said.status === status && says(said.stems, promise))
    const rival = { ...piece, won: named('won'), lost: named('lost'), asked }
    const doubted = asked >= LEAST_CLIENTS || (rival.lost >= LEAST_CLIENTS && rival.lost > rival.won)
    // People search for what it is, not for why: of a keyword only a doubt is news.
    const unsaid = rival.won < LEAST_CLIENTS && piece.where !== 'keyword'
    return doubted || unsaid ? [rival] : []
  })
  const told = (rival: Rival) => Number(rival.asked >= LEAST_CLIENTS) + Number(rival.lost > rival.won)
  return rivals.sort((a, b) => told(b) - told(a) || (b.came ?? 0) - (a.came ?? 0)).slice(0, limit)
}

/** Of two words both, of more at least half of them. */
const says = (stems: ReadonlySet<string>, promise: readonly string[]) =>
  promise.filter(stem => stems.has(stem)).length >=
  (promise.length <= 2 ? promise.length : promise.length / 2)

const countClients = (said: readonly Said[], test: (said: Said) => boolean) =>
  new Set(said.filter(test).map(({ client }) => client)).size

/** Ads and keywords by which deals came. Campaigns are names for one's own eyes. */
async function readMarks(query: Query): Promise<Pick<Rival, 'where' | 'text' | 'came' | 'bought'>[]> {
  const read = async (where: 'keyword' | 'ad', column: 'keyword' | 'content') => {
    const name = { strings: [`d.${column}`], values: [] }
    const rows = await rowsOf<{ text: string; came: number; bought: number }>(
      query,
      sql`select ${name} as text, count(distinct d.client_id) as came,
          count(distinct case when d.status = 'won' then d.client_id end) as bought
        from deals d where ${name} is not null and d.medium is not null group by ${name}
        order by came desc, ${name} limit 200`,
    )
    return rows.map(row => ({ where, ...row }))
  }
  return (await Promise.all([read('ad', 'content'), read('keyword', 'keyword')])).flat()
}

interface Said {
  client: string
  status: string | null
  stems: ReadonlySet<string>
  numbers: string[]
}

async function readSaid(query: Query, kind: 'value' | 'question'): Promise<Said[]> {
  const rows = await rowsOf<{
    client_id: string
    span_from: number
    span_to: number
    text: string
    status: string | null
  }>(
    query,
    sql`select m.client_id, m.span_from, m.span_to, u.text,
        (select max(d.status) from deals d where d.client_id = m.client_id) as status
      from mentions m join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
      where m.kind = ${kind} order by m.client_id, m.conversation_id, m.n, m.span_from limit ${MOST}`,
    MOST,
  )
  return rows.map(({ client_id, span_from, span_to, text, status }) => {
    const said = text.slice(span_from, span_to)
    const stems = new Set(kind === 'value' ? stemsOf(said) : [])
    return { client: client_id, status, stems, numbers: numbersOf(said) }
  })
}

function toPiece(piece: Pick<Rival, 'where' | 'text' | 'came' | 'bought'>): Piece {
  return { ...piece, stems: stemsOf(piece.text), numbers: numbersOf(piece.text) }
}

const stemsOf = (text: string) =>
  contentStems(
    tokenize(text).filter(({ kind }) => kind === 'word'),
    detectLanguage(text),
  )

/** Numbers of three digits and more, without the spaces in them: «9 900» -> 9900. */
const numbersOf = (text: string) =>
  (text.match(/\d[\d\u00a0\u202f ]*\d/g) ?? [])
    .map(number => number.replace(/\D/g, ''))
    .filter(number => number.length >= 3)
