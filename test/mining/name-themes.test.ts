import { describe, expect, it } from 'vitest'
import { openModel } from '../../server/jobs/open-model.ts'
import { makeEdit } from '../../server/mining/catalogue.ts'
import { nameThemes } from '../../server/mining/name-themes.ts'
import type { Database } from '../../server/store/database.ts'
import { sql } from '../../server/store/sql.ts'
import { freshDatabases } from '../support/databases.ts'
import { loadFacts } from '../support/facts.ts'
import {
  type Behaviour,
  type FakeItem,
  fakeModels,
  placeOf,
  refuse,
  type Seen,
  writing,
} from '../support/fake-model.ts'

/** What a good model would call each theme, by words that only its utterances hold. */
const NAMES: [words: string, name: string][] = [
  ['монтаж', 'монтаж'],
  ['рассрочку', 'можно ли в рассрочку.'],
  ['сколько ждать доставку', 'сколько ждать доставку'],
  ['тихо', 'чтобы было тихо'],
  ['дорого', 'дорого'],
]

/** Reads the groups out of the task, and names each by the first of its utterances. */
function goodNames({ request, utterances }: Seen): FakeItem[] {
  const groups = [...request.messages[0]!.content.matchAll(/(t\d+): (u\d+)/g)]
  return groups.flatMap(([, theme, id]) => {
    const said = utterances.find(utterance => utterance.id === id)!
    const [words, text] = NAMES.find(([words]) => said.text.includes(words))!
    return [
      { theme, text, evidence: [placeOf(said, text.startsWith(words) ? words : text.replace('.', ''))] },
    ]
  })
}

const AUTHOR = { author: null, now: '2026-06-28 12:00:00' }

const labels = (database: Database) =>
  database.query<{ theme_id: string; label: string }>(
    sql`select theme_id, label from themes order by theme_id`,
  )

describe('names of themes by a model', () => {
  const open = freshDatabases('sqlite')
  const start = fakeModels()
  async function setUp(behave: Behaviour) {
    const { database } = await open()
    await loadFacts(database)
    const fake = await start(behave)
    const service = openModel(database, fake.settings, () => '2026-06-28 12:00:00', { retries: 0 })!
    return {
      database,
      fake,
      name: (warn?: (text: string) => void) => nameThemes(database, service.open(), warn && { warn }),
    }
  }

  it('take the place of the machine’s and leave ids and people’s names as they are; none is asked for twice', async () => {
    const { database, fake, name } = await setUp(writing(goodNames))
    await makeEdit(database, { action: 'rename', theme: 'o-1', label: 'Смущает цена' }, AUTHOR)
    const before = (await labels(database)).map(row => row.theme_id)
    expect(await name()).toBe(5)
    const after = await labels(database)
    expect(after.map(row => row.theme_id)).toEqual(before)
    expect(Object.fromEntries(after.map(({ theme_id, label }) => [theme_id, label]))).toEqual({
      'o-1': 'Смущает цена',
      'q-1': 'Монтаж',
      'q-2': 'Можно ли в рассрочку',
      'q-3': 'Сколько ждать доставку',
      'v-1': 'Чтобы было тихо',
    })
    expect([await name(), fake.seen.length]).toEqual([0, 1])
  })

  it('are refused where they are invented, too long, or of another theme', async () => {
    const { database, name } = await setUp(
      writing(seen => {
        const [one, two, three] = goodNames(seen)
        return [
          { ...one!, text: 'Лучшие цены' },
          { ...two!, theme: one!.theme },
          { ...three!, text: Array.from({ length: 9 }, () => three!.text).join(' ') },
          { ...three!, theme: 't99' },
        ]
      }),
    )
    const before = await labels(database)
    expect(await name()).toBe(0)
    expect(await labels(database)).toEqual(before)
  })

  it('stay as they are when the endpoint fails, which is told, and are asked for the next time', async () => {
    let fails = true
    const { database, name } = await setUp((seen, response) =>
      fails ? refuse(response, 503) : writing(goodNames)(seen, response),
    )
    const before = await labels(database)
    const warnings: string[] = []
    expect(await name(text => warnings.push(text))).toBe(0)
    expect(await labels(database)).toEqual(before)
    expect(warnings.join()).toMatch(/answered 503; 5 themes keep/)
    fails = false
    expect(await name()).toBe(5)
  })
})
