/** The configured language model over a database: answers are kept there, and the names that it knows are masked. */
import { createModel, type ModelParts } from '../llm/create-model.ts'
import type { ModelService } from '../llm/model.ts'
import type { ModelSettings } from '../llm/settings.ts'
import type { Database } from '../store/database.ts'
import { readAnswer, writeAnswer } from '../store/model-answers.ts'
import { readClientNames, readManagers } from '../store/people.ts'

/** Null when none is configured. `now` gives the moment as facts have it. */
export function openModel(
  database: Database,
  settings: ModelSettings | undefined,
  now: () => string,
  parts: Pick<ModelParts, 'dryRun' | 'retries'> = {},
): ModelService | null {
  if (!settings) return null
  return createModel(settings, {
    ...parts,
    cache: {
      get: key => readAnswer(database, key).catch(() => null),
      put: async (key, entry) => {
        const row = { answer_key: key, made_at: now(), ...entry }
        await writeAnswer(database, row).catch(() => {})
      },
    },
    readPeople: async aliases => {
      const [clients, managers] = await Promise.all([
        readClientNames(database, aliases),
        readManagers(database),
      ])
      return { clients, managers }
    },
  })
}
