/** Rows of app.model_answers: what a language model said, by the hash of what it was asked. */
import type { Database } from './database.ts'
import type { Row } from './schema.ts'
import { sql } from './sql.ts'

/** The answer kept under a key, or null. */
export async function readAnswer(database: Database, key: string): Promise<string | null> {
  const [row] = await database.query<{ answer: string }>(
    sql`select answer from app.model_answers where answer_key = ${key}`,
  )
  return row?.answer ?? null
}

/** Keeps an answer. */
export async function writeAnswer(database: Database, row: Row<'model_answers'>): Promise<void> {
  await database.upsert('model_answers', ['answer_key', 'task', 'model', 'made_at', 'answer'], [row])
}
