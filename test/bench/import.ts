/**
 * The import beside raw `json_each` inserts of the same rows in the same run, and the memory that a large file takes.
 * Files are made in the system's temporary folder from a seed, and removed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom, type Random } from '../../server/lib/random.ts'
import { importFile } from '../../server/sources/ingest.ts'
import { openInput } from '../../server/sources/recognise.ts'
import type { Database } from '../../server/store/database.ts'
import { openDatabase } from '../../server/store/open.ts'
import { type TableName, tables } from '../../server/store/schema.ts'
import { raw, sql } from '../../server/store/sql.ts'
import { type BenchRow, median } from './bench.ts'

const ROWS = 100_000
const TIMES = 3
/** A file of a gigabyte; `MB=100 npm run bench -- import` makes a smaller one. */
const LARGE = Number(process.env.MB ?? 1000) * 1e6
const settings = { timeZone: 'Europe/Moscow', currency: 'RUB' }

const cities = ['Тула', 'Калуга', 'Рязань', 'Тверь', 'Орёл']
const sources = ['yandex', 'google', 'vk', 'direct', 'avito']
const words =
  'а подскажите сколько стоит окно с установкой и когда приедет замерщик если балкон из пяти створок'.split(
    ' ',
  )
const two = (n: number) => String(n).padStart(2, '0')
const day = (random: Random) => `${two(1 + random.integer(28))}.${two(1 + random.integer(12))}.2025`

/** One kind of file: its header and its rows, by number. */
interface Shape {
  table: TableName
  header: string
  row(n: number, random: Random): string
}

const shapes: Record<string, Shape> = {
  deals: {
    table: 'deals',
    header:
      'ID;Название сделки;Бюджет;Ответственный;Этап сделки;Воронка;Дата создания;Дата закрытия;Теги сделки;Основной контакт;ID контакта;Рабочий телефон;utm_source;utm_medium;utm_campaign;utm_term;Причина отказа;Город',
    row: (n, random) =>
      [
        n,
        `"Сделка №${n}; окна ПВХ"`,
        `"${random.integer(900)} ${random.integer(900) + 100},50"`,
        random.pick(['Вера', 'Олег', 'Нина']),
        random.pick(['Успешно реализовано', 'Закрыто и не реализовано', 'Замер']),
        'Продажи',
        `${day(random)} ${two(random.integer(24))}:15:00`,
        day(random),
        random.pick(['балкон', 'балкон, срочно', '']),
        'Клиент',
        n >> 1,
        `+7 926 ${String(1e7 + (n >> 1)).slice(-7)}`,
        random.pick(sources),
        'cpc',
        `окна-${random.integer(40)}`,
        'пластиковые окна цена',
        random.pick(['дорого', '']),
        random.pick(cities),
      ].join(';'),
  },
  turns: {
    table: 'utterances',
    header: 'id звонка;дата и время;кто;номер реплики;секунда;текст',
    row: (n, random) => {
      const call = Math.floor(n / 20)
      const text = Array.from({ length: 8 + random.integer(12) }, () => random.pick(words)).join(' ')
      return `${call};2025-0${1 + (call % 9)}-1${call % 10} 12:00:00;${n % 2 === 0 ? 'оператор' : 'клиент'};${n % 20};${(n % 20) * 7};${text}`
    },
  },
}

/** Writes rows until there are `rows` of them or `bytes`; returns how many there are. */
async function writeFile(
  path: string,
  shape: Shape,
  limit: { rows?: number; bytes?: number },
): Promise<number> {
  const random = createRandom(7)
  const file = createWriteStream(path)
  let n = 0
  let bytes = 0
  let part = `${shape.header}\n`
  while (n < (limit.rows ?? Number.POSITIVE_INFINITY) && bytes < (limit.bytes ?? Number.POSITIVE_INFINITY)) {
    part += `${shape.row(n++, random)}\n`
    if (part.length < 1 << 18) continue
    bytes += Buffer.byteLength(part)
    if (!file.write(part)) await once(file, 'drain')
    part = ''
  }
  file.end(part)
  await once(file, 'finish')
  return n
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** A fresh database for one measurement. */
async function withDatabase<T>(folder: string, work: (database: Database) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(folder, 'data-'))
  const database = await openDatabase({ dataDir })
  try {
    return await work(database)
  } finally {
    await database.close()
    await rm(dataDir, { recursive: true })
  }
}

/** Seconds of plain inserts of rows that are JSON already, 20,000 a call, in one transaction. */
async function insertRaw(folder: string, table: TableName, texts: readonly string[]): Promise<number> {
  const columns = Object.keys(tables[table].columns)
  const picks = columns.map((_, i) => `json_extract(value, '$[${i}]')`).join(', ')
  return withDatabase(folder, database =>
    seconds(() =>
      database.transaction(async connection => {
        for (const text of texts) {
          await connection.run(
            sql`${raw(`insert into ${table} (${columns.join(', ')}) select ${picks} from json_each(`)}${text}${raw(')')}`,
          )
        }
      }),
    ),
  )
}

/** The rows that an import of the file leaves in its main table, as JSON of 20,000 rows each. */
async function storedRows(database: Database, table: TableName): Promise<string[]> {
  const columns = Object.keys(tables[table].columns)
  const rows = await database.query<Record<string, string | number | null>>(raw(`select * from ${table}`))
  const texts: string[] = []
  for (let i = 0; i < rows.length; i += 20_000)
    texts.push(JSON.stringify(rows.slice(i, i + 20_000).map(row => columns.map(column => row[column]))))
  return texts
}

async function measureRate(folder: string, name: string, shape: Shape): Promise<BenchRow[]> {
  const path = join(folder, `${name}.csv`)
  const rows = await writeFile(path, shape, { rows: ROWS })
  const importing: number[] = []
  const repeating: number[] = []
  let texts: string[] = []
  for (let i = 0; i < TIMES; i++) {
    await withDatabase(folder, async database => {
      const load = async () => importFile(database, await openInput(path), settings)
      importing.push(await seconds(load))
      repeating.push(await seconds(load))
      if (i === 0) texts = await storedRows(database, shape.table)
    })
  }
  const inserting: number[] = []
  for (let i = 0; i < TIMES; i++) inserting.push(await insertRaw(folder, shape.table, texts))
  const rate = rows / median(importing)
  const rawRate = rows / median(inserting)
  return [
    { name: `${name}: import`, value: rate, unit: 'rows/s', aim: null },
    { name: `${name}: the same file again`, value: rows / median(repeating), unit: 'rows/s', aim: null },
    { name: `${name}: raw inserts of the same rows`, value: rawRate, unit: 'rows/s', aim: null },
    { name: `${name}: import / raw`, value: rate / rawRate, unit: '', aim: { kind: 'min', value: 0.2 } },
  ]
}

/** Peak resident memory of a process of its own that imports the file, in MB, and its seconds. */
async function measureMemory(path: string, dataDir: string): Promise<{ peak: number; took: number }> {
  const main = join(import.meta.dirname, '../../server/main.ts')
  const start = performance.now()
  const child = spawn(process.execPath, [main, 'import', path, '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let peak = 0
  const timer = setInterval(async () => {
    // VmHWM is the kernel's own high-water mark.
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
  }, 200)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return { peak, took: (performance.now() - start) / 1000 }
}

export default async function bench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'verbatim-bench-'))
  try {
    const rows: BenchRow[] = []
    for (const [name, shape] of Object.entries(shapes)) rows.push(...(await measureRate(folder, name, shape)))
    for (const [name, shape] of Object.entries(shapes)) {
      const path = join(folder, 'large.csv')
      const count = await writeFile(path, shape, { bytes: LARGE })
      const dataDir = await mkdtemp(join(folder, 'large-'))
      const { peak, took } = await measureMemory(path, dataDir)
      await rm(dataDir, { recursive: true })
      const size = `${Math.round(LARGE / 1e6)} MB of ${name}`
      rows.push(
        { name: `${size}: peak memory`, value: peak, unit: 'MB', aim: { kind: 'max', value: 400 } },
        { name: `${size}: rate`, value: count / took, unit: 'rows/s', aim: null },
      )
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
