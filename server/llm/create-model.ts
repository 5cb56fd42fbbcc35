/** A language model over an OpenAI-compatible endpoint: cache, budget, concurrency and the dry run around each question. */
import { hashOf } from '../lib/hash.ts'
import { type AnswerCache, noAnswers } from './answer-cache.ts'
import { type Account, createAccount, estimateTokens } from './budget.ts'
import { createChat } from './chat.ts'
import { createGate } from './gate.ts'
import type { ReadPeople } from './masker.ts'
import type { Estimate, ModelRun, ModelService } from './model.ts'
import type { ModelSettings } from './settings.ts'
import { type AskModel, type Question, write } from './write.ts'

export interface ModelParts {
  cache?: AnswerCache
  /** Names that must not leave the machine, beside all that is found by itself. */
  readPeople?: ReadPeople
  /** Given: nothing is sent, and this is told what would be. */
  dryRun?(question: Question, estimate: Estimate): void
  /** Of a request that failed for load or by chance; 3. */
  retries?: number
}

const nobody: ReadPeople = async () => ({ clients: new Map(), managers: [] })

/** What `ping` asks; models that think first need more room than the answer takes. */
const PING = {
  messages: [
    { role: 'system', content: 'Answer with the JSON object {"ok": true}.' },
    { role: 'user', content: 'Are you there?' },
  ],
  schema: {
    type: 'object',
    properties: { ok: { type: 'boolean' } },
    required: ['ok'],
    additionalProperties: false,
  },
  maxTokens: 256,
} as const

export function createModel(settings: ModelSettings, parts: ModelParts = {}): ModelService {
  const { cache = noAnswers, readPeople = nobody } = parts
  const chat = createChat(settings, parts.retries)
  const gate = createGate(settings.concurrency)
  const name = `model:${settings.model}`

  const createAsk =
    (account: Account, { signal }: ModelRun, tell: (estimate: Estimate) => void): AskModel =>
    async question => {
      const { task, messages, schema, maxTokens } = question
      const key = hashOf({ endpoint: settings.baseUrl, model: settings.model, messages, schema, maxTokens })
      const known = await cache.get(key)
      if (known !== null) {
        account.countCached()
        return known
      }
      const prompt = messages.map(({ content }) => content).join('\n')
      const expected = { promptTokens: estimateTokens(prompt), completionTokens: maxTokens }
      const estimate: Estimate = {
        task,
        tokens: expected.promptTokens + expected.completionTokens,
        cost: account.costOf(expected),
        currency: settings.currency,
      }
      if (parts.dryRun) {
        parts.dryRun(question, estimate)
        return null
      }
      const settle = account.reserve(expected)
      tell(estimate)
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

  return {
    name,
    open: (run = {}) => {
      const account = createAccount(settings)
      return {
        name,
        currency: settings.currency,
        spent: account.spent,
        write: (task, estimated) => {
          const tell = (estimate: Estimate) => {
            run.estimated?.(estimate)
            estimated?.(estimate)
          }
          return write(task, createAsk(account, run, tell), readPeople)
        },
      }
    },
    ping: async signal => void (await chat(PING, signal)),
  }
}
