/** Queries that a notebook must not get through: on both databases each is refused in the one shape, and soon. */
import { expect, it } from 'vitest'
import { toErrorShape, VerbatimError } from '../../server/errors.ts'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'

const hostile = {
  writing: [
    "insert into deals (client_id, deal_id) values ('x', 'y')",
    'update deals set amount = 0',
    'delete from deals',
    'drop table deals',
    'alter table deals add column x text',
    'create table x (y text)',
    'create view x as select 1',
    'create trigger x after insert on deals begin select 1; end',
    'truncate deals',
    'merge into deals using clients on true when matched then delete',
    'with x as (delete from deals returning *) select * from x',
    "with x as (insert into deals (client_id, deal_id) values ('x', 'y') returning *) select * from x",
    'with x as (update deals set amount = 0 returning *) select * from x',
    'select 1; delete from deals',
    'select 1;;delete from deals',
    'select 1 /* ; */ ; drop table deals --',
    "replace into deals (client_id, deal_id) values ('x', 'y')",
    'reindex',
    'analyze',
    'begin',
    'commit',
    'savepoint x',
    'explain select 1',
    'select * into x from deals',
  ],
  'files and other databases': [
    "attach database '/tmp/x.db' as x",
    'attach database "app.db" as x',
    'detach database app',
    "vacuum into '/tmp/x.db'",
    'vacuum',
    "copy deals to '/tmp/x.csv'",
    "copy deals from program 'id'",
    "select readfile('/etc/passwd')",
    "select writefile('/tmp/x', 'y')",
    "select edit('x', 'vi')",
    "select load_extension('/tmp/x.so')",
    "select pg_read_file('/etc/passwd')",
    "select pg_read_binary_file('/etc/passwd')",
    "select * from pg_ls_dir('/')",
    "select * from pg_stat_file('/etc/passwd')",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/x')",
    "select * from dblink('host=127.0.0.1', 'select 1') as t(x text)",
    "select query_to_xml('select * from app.users', true, true, '')",
    "select database_to_xml(true, true, '')",
    "select fts3_tokenizer('simple')",
  ],
  'the application, contacts and catalogues': [
    'select * from client_contacts',
    'select * from app.client_contacts',
    'select * from "app"."client_contacts"',
    'select * from APP.Client_Contacts',
    'select * from [app].[client_contacts]',
    'select * from `client_contacts`',
    'select * from app/**/./**/client_contacts',
    'select phone from clients join client_contacts using (client_id)',
    'select (select email from client_contacts limit 1)',
    'select * from deals where exists (select 1 from client_contacts)',
    'with c as (select * from client_contacts) select * from c',
    'select * from client_keys',
    'select * from users',
    'select * from app.users',
    'select password from "users"',
    'select * from app.sessions',
    'select * from api_tokens',
    'select * from account_links',
    'select * from audit',
    'select * from shares',
    'select * from app.settings',
    'select * from sqlite_master',
    'select * from sqlite_schema',
    'select * from main.sqlite_master',
    'select * from "sqlite_master"',
    'select * from sqlite_temp_schema',
    'select * from dbstat',
    'select * from sqlite_dbpage',
    "select * from pragma_table_info('deals')",
    'select * from pragma_database_list',
    'pragma database_list',
    'pragma writable_schema = on',
    'select * from pg_shadow',
    'select * from pg_authid',
    'select * from pg_catalog.pg_class',
    'select * from information_schema.tables',
    "select current_setting('data_directory')",
    "select set_config('role', 'postgres', false)",
    'select version()',
    'select inet_server_addr()',
  ],
  'standing, stopping and shouting': [
    'select pg_sleep(60)',
    "select pg_sleep_for('1 minute')",
    'select pg_terminate_backend(1)',
    'select pg_cancel_backend(1)',
    'select pg_reload_conf()',
    'select pg_advisory_lock(1)',
    'listen x',
    'notify x',
    'lock table deals',
    'set role postgres',
    'reset role',
    'do $$ begin perform 1; end $$',
    'call x()',
    'execute x',
    'prepare x as select 1',
    'grant all on deals to public',
    'revoke all on deals from public',
  ],
  'without end': [
    'with recursive x(n) as (select 1 union all select n + 1 from x) select count(*) from x',
    'with recursive x(n) as (select 1 union all select n + 1 from x) select * from x order by n desc',
    `select ${'not '.repeat(200_000)}1`,
    'select randomblob(2000000000)',
    'select zeroblob(2000000000)',
    "select repeat('x', 900000000)",
    "select repeat('x', 50000000) as x from (values (1), (2), (3), (4)) as t",
    `select 1 where ${Array.from({ length: 3000 }, () => '1 = 1').join(' and (')}${')'.repeat(2999)}`,
  ],
  'broken or empty': [
    '',
    ';',
    '-- nothing',
    '/* open',
    "select 'open",
    'select "open',
    'select \0 1',
    'elect 1',
    'select * from',
    'select * from nowhere',
    'select nothing from deals',
    'select nowhere.x from deals',
    'select 1 +',
    'select * from deals where',
    'not sql at all',
  ],
} as const

eachDatabase('a hostile query', (open, dialect) => {
  it('is refused in the one shape, within its time, and changes nothing', async () => {
    const { database } = await open()
    const before = await database.versions()
    for (const [kind, queries] of Object.entries(hostile)) {
      for (const query of queries) {
        const what = `${dialect}, ${kind}: ${query.slice(0, 80)}`
        const refused = await database.reader
          .read(raw(query), { timeoutMs: 300, maxRows: 10 })
          .catch((error: unknown) => error)
        expect(refused, what).toBeInstanceOf(VerbatimError)
        const { code, message, details = {} } = toErrorShape(refused)
        expect(['query', 'limit'], what).toContain(code)
        expect(message, what).not.toBe('')
        // What it says is for whoever wrote the query: neither a folder of this machine nor a stack.
        expect(JSON.stringify([message, details]), what).not.toMatch(/node_modules|\/tmp\/verbatim|\.ts:\d/)
      }
    }
    expect(await database.versions()).toEqual(before)
    expect((await database.reader.read(raw('select 1 as one'))).rows).toEqual([[1]])
  })

  it('are a hundred or more', () => {
    expect(Object.values(hostile).flat().length).toBeGreaterThanOrEqual(100)
  })
})
