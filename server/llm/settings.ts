/** Settings of a language model, checked by config.ts. */
export interface ModelSettings {
  /** `https://…/v1`, with or without a key. */
  baseUrl: string
  apiKey: string
  model: string
  /** Tokens that one run may use, prompts and answers together. */
  maxTokens: number
  /** Money that one run may use, in `currency`; no limit without. */
  maxCost?: number | undefined
  /** Per million tokens, in `currency`; without them no cost is known. */
  prices?: { prompt: number; completion: number } | undefined
  /** ISO 4217. */
  currency: string
  /** Requests at once. */
  concurrency: number
  /** Milliseconds without a sign of life after which a request is given up. */
  timeoutMs: number
}
