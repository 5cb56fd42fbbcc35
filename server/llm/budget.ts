/** What a run may use of a model: estimated and set aside before a request, settled by what it really took. */
import { LimitError } from '../errors.ts'
import type { Spent } from './model.ts'
import type { ModelSettings } from './settings.ts'

export interface Usage {
  promptTokens: number
  completionTokens: number
}

export interface Account {
  /** Sets tokens aside; returns how the request is settled. Throws LimitError when the run's budget would not do. */
  reserve(expected: Usage): (actual: Usage | null) => void
  /** An answer that was known already. */
  countCached(): void
  costOf(usage: Usage): number | null
  spent(): Spent
}

/**
 * Tokens of a text, on the safe side: tokenisers of today take some 4 characters of English and 2.5 of Russian a token.
 */
export function estimateTokens(text: string): number {
  const wide = text.match(/[^\u0000-\u007f]/g)?.length ?? 0
  return Math.ceil(wide / 2 + (text.length - wide) / 3.5)
}

export function createAccount(
  settings: Pick<ModelSettings, 'maxTokens' | 'maxCost' | 'prices' | 'currency'>,
): Account {
  const { prices, maxTokens, maxCost, currency } = settings
  let [requests, cached, promptTokens, completionTokens, aside] = [0, 0, 0, 0, 0]
  let costAside = 0
  const costOf = (usage: Usage) =>
    prices
      ? (usage.promptTokens * prices.prompt + usage.completionTokens * prices.completion) / 1_000_000
      : null
  const spent = (): Spent => ({
    requests,
    cached,
    promptTokens,
    completionTokens,
    cost: costOf({ promptTokens, completionTokens }),
  })
  return {
    spent,
    costOf,
    countCached: () => void cached++,
    reserve: expected => {
      const tokens = expected.promptTokens + expected.completionTokens
      const cost = costOf(expected) ?? 0
      if (promptTokens + completionTokens + aside + tokens > maxTokens)
        throw new LimitError(`The model’s budget of ${maxTokens} tokens a run would not do`, {
          hint: 'Ask about less, or raise VERBATIM_LLM_TOKENS.',
        })
      if (maxCost !== undefined && (spent().cost ?? 0) + costAside + cost > maxCost)
        throw new LimitError(`The model’s budget of ${maxCost} ${currency} a run would not do`, {
          hint: 'Ask about less, or raise VERBATIM_LLM_COST.',
        })
      aside += tokens
      costAside += cost
      let open = true
      return actual => {
        if (!open) return
        open = false
        aside -= tokens
        costAside -= cost
        if (!actual) return
        requests++
        promptTokens += actual.promptTokens
        completionTokens += actual.completionTokens
      }
    },
  }
}
