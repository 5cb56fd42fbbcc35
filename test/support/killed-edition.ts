/** A process that stands in the middle of writing an edition, says so, and never ends it. */
import { insertEdition } from '../../server/store/editions.ts'
import { openDatabase } from '../../server/store/open.ts'
import { sampleEdition } from './sample-edition.ts'

const database = await openDatabase(JSON.parse(process.argv[2]!))
const { edition, page } = sampleEdition(2)
await insertEdition(database, edition, page, async () => {
  process.send!('in the middle')
  await new Promise(resolve => setTimeout(resolve, 60_000))
})
