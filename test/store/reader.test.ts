import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { raw, sql } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const out = join(mkdtempSync(join(tmpdir(), 'verbatim-hostile-')), 'out')

/** Nothing here may write, look outside of the facts, or run without end. */
const hostile = [
  'delete from clients',
  'update clients set city = null',
  "insert into clients (client_id, alias) values ('x', 1)",
  'drop table clients',
  'create table x (a text)',
  'create temp table x as select 1',
  'alter table clients add column x text',
  `attach database '${out}' as x`,
  `vacuum into '${out}'`,
  'vacuum',
  'pragma query_only = off',
  'pragma database_list',
  'select * from pragma_database_list',
  'select * from "pragma_database_list"',
  'select * from sqlite_master',
  'select * from main.sqlite_schema',
  'select * from [sqlite_master]',
  'select * from client_contacts',
  'select * from app.client_contacts',
  'select * from "app"."client_contacts"',
  'select * from /* facts */ app /* x */ . client_contacts',
  'select * from `client_contacts`',
  'select (select count(*) from app.settings)',
  'select * from client_keys',
  'select * from app.cell_cache',
  'select * from mining_state',
  'with x as (select * from client_contacts) select * from x',
  'with x as (delete from clients returning *) select * from x',
  'with x as (insert into clients (client_id, alias) values (1, 1) returning *) select * from x',
  'select 1; select 2',
  "select 1; drop table clients; --'",
  'select 1 -- \n; delete from clients',
  "select load_extension('x')",
  "select readfile('/etc/passwd')",
  "select writefile('/tmp/x', 'x')",
  "select pg_read_file('/etc/passwd')",
  "select pg_ls_dir('/')",
  "select lo_import('/etc/passwd')",
  'select * from pg_shadow',
  'select * from pg_catalog.pg_authid',
  'select * from information_schema.tables',
  "select set_config('role', 'postgres', false)",
  "select current_setting('data_directory')",
  "select query_to_xml('select * from app.client_contacts', true, true, '')",
  "select * from dblink('dbname=postgres', 'select 1') as t(a int)",
  "copy clients to '/tmp/x'",
  "copy (select 1) to program 'id'",
  'set role postgres',
  'reset role',
  'begin',
  'commit',
  'select pg_terminate_backend(1)',
  'select * from clients for update',
  'select 1 into x',
  'explain analyze delete from clients',
  'listen x',
  'do $$ begin perform 1; end $$',
  'values (1); vacuum',
  '',
  ';',
  '-- nothing',
  '/* nothing',
  "select 'unfinished",
  'select (((((',
  'selec 1',
  'select * from no_such_table',
  '\0',
  'select 1 \0 from clients',
]

eachDatabase('the notebooks’ read-only handle', open => {
  it('refuses what is hostile or broken, each with a sentence, and nothing changes', async () => {
    const { database } = await open()
    await database.upsert(
      'clients',
      ['client_id', 'alias', 'city'],
      [{ client_id: 'c', alias: 1, city: 'Тула' }],
    )
    await database.upsert(
      'client_contacts',
      ['client_id', 'phone'],
      [{ client_id: 'c', phone: '+79990000001' }],
    )
    for (const text of hostile) {
      const outcome = await database.reader.read(raw(text), { timeoutMs: 2000 }).then(
        result => `${text} -> ${JSON.stringify(result.rows)}`,
        (error: { code?: string; message: string }) => error.code,
      )
      expect(outcome, text).toBe('query')
    }
    expect(await database.query(sql`select city from clients`)).toEqual([{ city: 'Тула' }])
    expect(existsSync(out)).toBe(false)
  })

  it('names and texts that only look hostile are fine', async () => {
    const { database } = await open()
    const { rows } = await database.reader.read(
      sql`select 'drop table clients; --' as "update", replace('a;b', ';', ',') as "delete", ${'vacuum'} as "attach"`,
    )
    expect(rows).toEqual([['drop table clients; --', 'a,b', 'vacuum']])
  })

  it('gives columns even when there are no rows, and keeps two of one name apart or whole', async () => {
    const { database } = await open()
    expect((await database.reader.read(sql`select client_id, city from clients`)).columns).toEqual([
      'client_id',
      'city',
    ])
  })

  it('accepts with, comments at the end, and a trailing semicolon', async () => {
    const { database } = await open()
    const { rows } = await database.reader.read(
      sql`with a as (select ${2} + 0 as x) select x * 2 as y from a; -- done`,
    )
    expect(rows).toEqual([[4]])
  })

  it('says that rows were left out', async () => {
    const { database } = await open()
    const statement = sql`with recursive a(x) as (select 1 union all select x + 1 from a where x < 50) select x from a order by x`
    const { rows, truncated } = await database.reader.read(statement, { maxRows: 10 })
    expect([rows.length, rows.at(-1), truncated]).toEqual([10, [10], true])
  })

  it('stops a query without end at its time, and by its signal, and works on', async () => {
    const { database } = await open()
    const endless = sql`with recursive a(x) as (select 1 union all select x + 1 from a) select max(x) as m from a`
    await expect(database.reader.read(endless, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'limit' })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 100)
    await expect(database.reader.read(endless, { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect((await database.reader.read(sql`select 1 as one`)).rows).toEqual([[1]])
  })

  it('says where an unknown column stands', async () => {
    const { database } = await open()
    const reading = database.reader.read(sql`select client_id, nothing from clients`)
    await expect(reading).rejects.toMatchObject({ code: 'query', details: { offset: 18 } })
  })

  it('counts and averages come as numbers', async () => {
    const { database } = await open()
    await database.upsert(
      'clients',
      ['client_id', 'alias'],
      [
        { client_id: 'c', alias: 3 },
        { client_id: 'd', alias: 4 },
      ],
    )
    const { rows } = await database.reader.read(
      sql`select count(*) as n, sum(alias) as s, avg(alias) as a from clients`,
    )
    expect(rows).toEqual([[2, 7, 3.5]])
  })
})
