/**
 * Mining whole: time and memory at 10,000 and at 1,000,000 utterances, and 1,000 new ones added to those. Times are of the
 * wall clock with all cores; memory is the process's peak.
 */
import { rm } from 'node:fs/promises'
import { mine } from '../../server/mining/pipeline.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sql } from '../../server/store/sql.ts'
import type { BenchRow } from './bench.ts'
import { copyOfCompany, NOW } from './company.ts'

const SIZES = [1_280, 128_000]
const ADDED = 1_000

export default async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const each: number[] = []
  for (const clients of SIZES) {
    const dataDir = await copyOfCompany(clients, 'mining')
    const database = await openDatabase({ dataDir })
    const [count] = await database.query<{ n: number }>(sql`select count(*) as n from utterances`)
    const n = count!.n
    const whole = await timed(() => mine(database, { now: NOW }))
    each.push((whole / n) * 1e6)
    const large = clients === SIZES.at(-1)
    const name = `${Math.round(n / 1000)} k utterances`
    rows.push({
      name: `${name}, whole`,
      value: whole,
      unit: 's',
      aim: large ? { kind: 'max', value: 150 } : null,
    })
    rows.push({ name: `${name}, one utterance`, value: each.at(-1)!, unit: 'µs', aim: null })
    await addNews(database)
    const news = await timed(() => mine(database, { now: NOW }))
    rows.push({
      name: `${name}, ${ADDED} added`,
      value: news,
      unit: 's',
      aim: large ? { kind: 'max', value: 1 } : null,
    })
    await database.close()
    await rm(dataDir, { recursive: true })
  }
  const peak = process.resourceUsage().maxRSS / 1024
  rows.push({ name: 'peak memory', value: peak, unit: 'MB', aim: { kind: 'max', value: 1_500 } })
  rows.push({
    name: 'time an utterance, large by small',
    value: each[1]! / each[0]!,
    unit: '×',
    aim: { kind: 'max', value: 1.3 },
  })
  return rows
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** Chats that look like those that are there: copies of the last ones, said anew. */
async function addNews(database: Database): Promise<void> {
  const [top] = await database.query<{ revision: number }>(
    sql`select max(revision) as revision from conversations`,
  )
  const chats = await database.query<{ client_id: string; conversation_id: string; turns: number }>(
    sql`select client_id, conversation_id, count(*) as turns from utterances where conversation_id in
      (select conversation_id from conversations where kind = 'chat' order by conversation_id desc limit 400)
      group by client_id, conversation_id order by conversation_id desc`,
  )
  let turns = 0
  for (const { client_id, conversation_id, turns: own } of chats) {
    if (turns >= ADDED) break
    turns += own
    await database.run(
      sql`insert into conversations (client_id, conversation_id, kind, started_at, is_missed, day, week, month, revision)
        select client_id, ${`${conversation_id}/again`}, kind, started_at, 0, day, week, month, ${top!.revision + 1}
        from conversations where client_id = ${client_id} and conversation_id = ${conversation_id}`,
    )
    await database.run(
      sql`insert into utterances (client_id, conversation_id, n, speaker, text)
        select client_id, ${`${conversation_id}/again`}, n, speaker, text || ' ещё раз' from utterances
        where client_id = ${client_id} and conversation_id = ${conversation_id}`,
    )
  }
}
