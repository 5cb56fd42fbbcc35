import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { raw } from '../../server/store/sql.ts'
import { eachDatabase } from '../support/databases.ts'
import { runImport } from './run-import.ts'

const rows = [
  'ID обращения,Тип обращения,Дата обращения,Источник,Телефон,Текст',
  '1,WhatsApp,2026-03-01 10:00:00,vk,79005550101,добрый день',
  '2,чат,2026-03-01 10:00:00,Telegram,79005550102,добрый день',
  '3,чат,2026-03-01 10:00:00,yandex,79005550103,добрый день',
  '4,звонок,2026-03-01 10:00:00,telegram,79005550104,алло',
  '5,заявка с сайта,2026-03-01 10:00:00,yandex,79005550105,перезвоните',
]

eachDatabase('kinds of contact', open => {
  it('are told apart: a messenger by its name or by where the chat came from', async () => {
    const { database, settings } = await open()
    const file = join(settings.dataDir, 'contacts.csv')
    await writeFile(file, `${rows.join('\n')}\n`)
    expect((await runImport(settings, file, '--as', 'conversations')).code).toBe(0)
    const found = await database.query<{ kind: string }>(
      raw('select kind from conversations order by conversation_id'),
    )
    expect(found.map(row => row.kind)).toEqual(['messenger', 'messenger', 'chat', 'call', 'form'])
  })
})
