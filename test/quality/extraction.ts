/**
 * What extraction finds against what was planted in the demo data. A span counts as found when a mention of its kind
 * overlaps at least half of each.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { extract } from '../../server/mining/extract.ts'
import type { Mention, MentionKind } from '../../server/mining/mention.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sql } from '../../server/store/sql.ts'
import type { QualityRow } from './run.ts'

type Span = [n: number, from: number, to: number, theme: number]
interface Truth {
  themes: { name: string }[]
  gold: [conversation: string, spans: Span[]][]
  decoys: [conversation: string, spans: Span[]][]
}

const folder = resolve(import.meta.dirname, '../../data/demo')
const AIMS: Record<MentionKind, number> = { question: 0.85, value: 0.75, objection: 0.75 }

async function withDemo<T>(language: string, work: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'verbatim-quality-'))
  const database = await openDatabase({ dataDir })
  try {
    const signal = new AbortController().signal
    for (const file of (await readdir(join(folder, language))).sort()) {
      const input = await openInput(join(folder, language, file))
      await importFile(database, input, { timeZone: 'Europe/Moscow', currency: 'RUB' }, { signal })
    }
    return await work(database)
  } finally {
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const overlap = (a: { from: number; to: number }, from: number, to: number) =>
  Math.max(0, Math.min(a.to, to) - Math.max(a.from, from))

async function measureDemo(language: string): Promise<QualityRow[]> {
  const truth = JSON.parse(readFileSync(join(folder, `truth.${language}.json`), 'utf8')) as Truth
  const kindOf = (theme: number) => truth.themes[theme]!.name.split(':')[0] as MentionKind
  const gold = new Map(truth.gold)
  const decoys = new Map(truth.decoys)
  const counts = new Map<MentionKind, { planted: number; found: number; hits: number }>()
  let echoes = 0
  let echoesFound = 0
  await withDemo(language, async database => {
    const rows = await database.query<{ conversation_id: string; n: number; speaker: string; text: string }>(
      sql`select conversation_id, n, speaker, text from utterances order by client_id, conversation_id, n`,
    )
    const said = Map.groupBy(rows, row => row.conversation_id)
    for (const [conversation, utterances] of said) {
      const left = new Set<Mention>(extract(utterances))
      for (const { kind } of left) count(kind).found++
      for (const [n, from, to] of decoys.get(conversation) ?? []) {
        echoes++
        if ([...left].some(one => one.n === n && one.kind === 'value' && overlap(one, from, to) > 0))
          echoesFound++
      }
      for (const [n, from, to, theme] of gold.get(conversation) ?? []) {
        const kind = kindOf(theme)
        count(kind).planted++
        const hit = [...left].find(
          one =>
            one.n === n &&
            one.kind === kind &&
            2 * overlap(one, from, to) >= Math.max(to - from, one.to - one.from),
        )
        if (!hit) continue
        left.delete(hit)
        count(kind).hits++
      }
    }
  })
  return [
    ...[...counts].flatMap(([kind, { planted, found, hits }]) => [
      { name: `demo ${language}, ${kind}s, precision`, value: hits / found, aim: AIMS[kind] },
      { name: `demo ${language}, ${kind}s, recall`, value: hits / planted, aim: AIMS[kind] },
    ]),
    { name: `demo ${language}, echoes and denials left alone`, value: 1 - echoesFound / echoes, aim: 0.9 },
  ]

  function count(kind: MentionKind) {
    const one = counts.get(kind) ?? { planted: 0, found: 0, hits: 0 }
    counts.set(kind, one)
    return one
  }
}

const measure = async (): Promise<QualityRow[]> => {
  const rows: QualityRow[] = []
  for (const language of ['ru', 'en'])
    if (existsSync(join(folder, `truth.${language}.json`))) rows.push(...(await measureDemo(language)))
  return rows
}

export default measure
