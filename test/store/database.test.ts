import { fork } from 'node:child_process'
import { expect, it } from 'vitest'
import { openDatabase } from '../../server/store/open.ts'
import { type TableName, tables } from '../../server/store/schema.ts'
import { raw, sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const clients = (n: number, city = 'Тула') =>
  Array.from({ length: n }, (_, i) => ({ client_id: `c${i}`, alias: i + 1, city }))

eachDatabase('the store', (open, dialect) => {
  it('has the tables, columns and keys that schema.ts says, and no others', async () => {
    const { database } = await open()
    for (const [name, table] of Object.entries(tables)) {
      const schema = table.area === 'app' ? 'app' : 'facts'
      const rows =
        dialect === 'sqlite'
          ? await database.query<{ name: string; notnull: number; pk: number; type: string }>(
              sql`select name, "notnull" as "notnull", pk, type from pragma_table_info(${name}, ${schema}) order by cid`,
            )
          : await database.query<{ name: string; notnull: number; pk: number; type: string }>(
              sql`select c.column_name as name, case c.is_nullable when 'NO' then 1 else 0 end as "notnull",
                coalesce(k.ordinal_position, 0) as pk, c.data_type as type from information_schema.columns c
                left join information_schema.key_column_usage k on k.table_schema = c.table_schema
                and k.table_name = c.table_name and k.column_name = c.column_name
                where c.table_schema = ${schema} and c.table_name = ${name} order by c.ordinal_position`,
            )
      const types = { text: 'text', bigint: 'integer', 'double precision': 'real' } as Record<string, string>
      expect(
        rows.map(row => `${row.name} ${types[row.type.toLowerCase()]} ${row.notnull}`),
        name,
      ).toEqual(
        Object.entries(table.columns).map(
          ([column, { type, nullable }]) => `${column} ${type} ${nullable ? 0 : 1}`,
        ),
      )
      const key = rows.filter(row => row.pk > 0).sort((a, b) => a.pk - b.pk)
      expect(
        key.map(row => row.name),
        name,
      ).toEqual([...table.key])
      if (table.large) expect(table.key[0], name).toBe('client_id')
    }
  })

  it('counts what is new, changed and as it was', async () => {
    const { database } = await open()
    const columns = ['client_id', 'alias', 'city'] as const
    expect(await database.upsert('clients', columns, clients(5))).toEqual({ inserted: 5, updated: 0 })
    expect(await database.upsert('clients', columns, clients(5))).toEqual({ inserted: 0, updated: 0 })
    const later = [...clients(5).slice(0, 2), ...clients(7, 'Орёл').slice(2)]
    expect(await database.upsert('clients', columns, later)).toEqual({ inserted: 2, updated: 3 })
    expect(await database.query(sql`select count(*) as n from clients where city = ${'Орёл'}`)).toEqual([
      { n: 5 },
    ])
  })

  it('of one key given twice the last stands', async () => {
    const { database } = await open()
    const twice = [...clients(1), { client_id: 'c0', alias: 1, city: 'Псков' }]
    expect(await database.upsert('clients', ['client_id', 'alias', 'city'], twice)).toEqual({
      inserted: 1,
      updated: 0,
    })
    expect(await database.query(sql`select city from clients`)).toEqual([{ city: 'Псков' }])
  })

  it('leaves columns that were not named as they are', async () => {
    const { database } = await open()
    await database.upsert('clients', ['client_id', 'alias', 'city'], clients(1))
    await database.upsert(
      'clients',
      ['client_id', 'alias', 'profile'],
      [{ client_id: 'c0', alias: 1, profile: 'дача' }],
    )
    expect(await database.query(sql`select city, profile from clients`)).toEqual([
      { city: 'Тула', profile: 'дача' },
    ])
  })

  it('keeps every text and number exactly', async () => {
    const { database } = await open()
    const texts = [
      'ё',
      'е\u0301',
      '👩‍👩‍👧',
      '\u200b',
      "O'Neil; drop table clients",
      '"',
      '\\',
      '\n',
      '',
      ' ',
      '{}',
    ]
    const rows = texts.map((value, i) => ({ client_id: `c${i}`, name: 'x', value }))
    await database.upsert('client_attributes', ['client_id', 'name', 'value'], rows)
    const back = await database.query<{ client_id: string; value: string }>(
      sql`select client_id, value from client_attributes`,
    )
    expect(new Map(back.map(row => [row.client_id, row.value]))).toEqual(
      new Map(rows.map(row => [row.client_id, row.value])),
    )
    const amounts = [0.1, 14200.55, 90_000_000_000_000.25, 0, -3.1]
    const deals = amounts.map((amount, i) => ({ client_id: 'c', deal_id: String(i), status: 'won', amount }))
    await database.upsert('deals', ['client_id', 'deal_id', 'status', 'amount'], deals)
    const found = await database.query<{ amount: number }>(sql`select amount from deals order by deal_id`)
    expect(found.map(row => row.amount)).toEqual(amounts)
  })

  it('undoes a transaction that throws, versions included', async () => {
    const { database } = await open()
    const work = database.transaction(async connection => {
      await connection.upsert('clients', ['client_id', 'alias'], clients(3))
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await database.query(sql`select count(*) as n from clients`)).toEqual([{ n: 0 }])
    expect(await database.versions()).toEqual(new Map())
  })

  it('shows nobody a transaction before its end', async () => {
    const { database } = await open()
    await database.transaction(async connection => {
      await connection.upsert('clients', ['client_id', 'alias'], clients(3))
      expect(await database.query(sql`select count(*) as n from clients`)).toEqual([{ n: 0 }])
      expect(await connection.query(sql`select count(*) as n from clients`)).toEqual([{ n: 3 }])
    })
    expect(await database.query(sql`select count(*) as n from clients`)).toEqual([{ n: 3 }])
  })

  it('versions rise with every change, for other processes too, and not without one', async () => {
    const { database, settings } = await open()
    const columns = ['client_id', 'alias', 'city'] as const
    await database.upsert('clients', columns, clients(2))
    const other = await openDatabase(settings)
    try {
      expect((await other.versions()).get('clients')).toBe(1)
      await other.upsert('clients', columns, clients(2))
      expect((await database.versions()).get('clients')).toBe(1)
      await other.run(sql`delete from clients where client_id = 'c0'`)
      expect((await database.versions()).get('clients')).toBe(2)
    } finally {
      await other.close()
    }
  })

  it('two processes writing at once both succeed', async () => {
    const { database, settings } = await open()
    const other = await openDatabase(settings)
    try {
      const write = (from: typeof database, id: string) =>
        Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            from.upsert('clients', ['client_id', 'alias'], [{ client_id: `${id}${i}`, alias: i }]),
          ),
        )
      await Promise.all([write(database, 'a'), write(other, 'b')])
      expect(await database.query(sql`select count(*) as n from clients`)).toEqual([{ n: 40 }])
    } finally {
      await other.close()
    }
  })

  it('a process killed in a transaction leaves nothing half', async () => {
    const { database, settings } = await open()
    await database.upsert('clients', ['client_id', 'alias'], clients(10))
    const child = fork(new URL('../support/killed-writer.ts', import.meta.url), [JSON.stringify(settings)], {
      execArgv: [],
    })
    await new Promise(resolve => child.once('message', resolve))
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('exit', resolve))
    expect(await database.query(sql`select count(*) as n from clients`)).toEqual([{ n: 10 }])
    expect(await database.upsert('clients', ['client_id', 'alias'], clients(11))).toEqual({
      inserted: 1,
      updated: 0,
    })
  })

  it('opening again finds what was stored', async () => {
    const { database, settings } = await open()
    await database.upsert(
      'client_contacts',
      ['client_id', 'name'],
      [{ client_id: 'c', name: 'Вымышленный Пётр' }],
    )
    const again = await openDatabase(settings)
    expect(await again.query(sql`select name from app.client_contacts`)).toEqual([
      { name: 'Вымышленный Пётр' },
    ])
    await again.close()
  })

  it('lets notebooks read a table exactly when it holds facts', async () => {
    const { database } = await open()
    for (const name of Object.keys(tables) as TableName[]) {
      const reading = database.reader.read(sql`select count(*) as n from ${raw(name)}`)
      if (tables[name].area === 'facts') expect((await reading).rows, name).toEqual([[0]])
      else await expect(reading, name).rejects.toMatchObject({ code: 'query' })
    }
  })
})
