/** A process that says when it stands in the middle of a transaction, and never ends it. */
import { openDatabase } from '../../server/store/open.ts'

const database = await openDatabase(JSON.parse(process.argv[2]!))
await database.transaction(async connection => {
  const rows = Array.from({ length: 500 }, (_, i) => ({ client_id: `half${i}`, alias: i }))
  await connection.upsert('clients', ['client_id', 'alias'], rows)
  process.send!('in the middle')
  await new Promise(resolve => setTimeout(resolve, 60_000))
})
