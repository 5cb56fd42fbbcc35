/** A language model over an OpenAI-compatible endpoint: cache, budget, concurrency and the dry run around each question. */
import { hashOf } from '../lib/hash.ts'
import { type AnswerCache, noAnswers } from './answer-cache.ts'
import { createAccount, estimateTokens } from './budget.ts'
import { createChat } from './chat.ts'
import { createGate } from './gate.ts'
import type { ReadPeople } from './masker.ts'
import type { ModelRun, ModelService } from './model.ts'
import type { ModelSettings } from './settings.ts'
import { type AskModel, type Question, write } from './write.ts'

export interface ModelParts {
  cache?: AnswerCache
  /** Names that must not leave the machine, beside all that is found by itself. */
  readPeople?: ReadPeople
  /** Given: nothing is sent, and this is told what would be. */
  dryRun?(question: Question, estimate: { tokens: number; cost: number | null }): void
  /** Of a request that failed for load or by chance; 3. */
  retries?: number
}

const nobody: ReadPeople = async () => ({ clients: new Map(), managers: [] })

export function createModel(settings: ModelSettings, parts: ModelParts = {}): ModelService {
  const { cache = noAnswers, readPeople = nobody } = parts
  const chat = createChat(settings, parts.retries)
  const gate = createGate(settings.concurrency)
  const name = `model:${settings.model}`

  const createAsk = (
    account: ReturnType<typeof createAccount>,
    { signal, estimated }: ModelRun,
  ): AskModel => {
    return async question => {
      const { task, messages, schema, maxTokens } = question
      const key = hashOf({ endpoint: settings.baseUrl, model: settings.model, messages, schema, maxTokens })
      const known = await cache.get(key)
      if (known !== null) {
        account.countCached()
        return known
      }
      const prompt = messages.map(({ content }) => content).join('\n')
      const expected = { promptTokens: estimateTokens(prompt), completionTokens: maxTokens }
      const estimate = {
        tokens: expected.promptTokens + expected.completionTokens,
        cost: account.costOf(expected),
      }
      if (parts.dryRun) {
        parts.dryRun(question, estimate)
        return null
      }
      const settle = account.reserve(expected)
      estimated?.({ task, ...estimate })
      try {
        const answer = await gate(() => chat({ messages, schema, maxTokens }, signal))
        settle(answer.usage)
        if (answer.whole && question.fits(answer.text))
          await cache.put(key, { task, model: settings.model, answer: answer.text })
        return answer.text
      } finally {
        settle(null)
      }
    }
  }

  return {
    name,
    open: (run = {}) => {
      const account = createAccount(settings)
      const ask = createAsk(account, run)
      return {
        name,
        currency: settings.currency,
        spent: account.spent,
        write: task => write(task, ask, readPeople),
      }
    },
  }
}
