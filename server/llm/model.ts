/**
 * A language model as the rest of the program sees it. It is given sources (utterances) and writes items, each of which
 * names the places that it stands on. What it writes is checked against those places before anyone sees it:
 *
 *   const { items, dropped } = await model.write({
 *     name: 'ask', language: 'en', whose: 'client', most: 8,
 *     instructions: 'Answer the question in short sentences.', question, sources,
 *   })
 *   items[0] -> { text, fields, spans: [{ client_id, conversation_id, n, from, to }] }   // spans of the stored text
 *
 * Quotes are cut from `spans` by the caller, never taken from the model. Personal data is masked on the way out, and places
 * in the masked text are led back to the stored one.
 */
import type { ZodRawShape, z } from 'zod'

export type Speaker = 'client' | 'agent' | 'note'

/** An utterance that a model may read and refer to. */
export interface Source {
  client_id: string
  conversation_id: string
  n: number
  speaker: Speaker
  /** As stored. */
  text: string
  /** The client's number; by it the client's own names are known, and masked. */
  alias: number
}

/** A place in a stored utterance: UTF-16 units, `to` exclusive. */
export interface SourceSpan {
  client_id: string
  conversation_id: string
  n: number
  from: number
  to: number
}

export interface WritingTask<Shape extends ZodRawShape = ZodRawShape> {
  /** What it is for: «ask», «ads»; shown with the estimate. */
  name: string
  language: 'ru' | 'en'
  /** What to write; the program's own words. Data never goes in here. */
  instructions: string
  /** A person's own words, such as a question; masked, and data to the model. */
  question?: string
  sources: readonly Source[]
  /** Whose words every item must stand on. */
  whose: Speaker | 'any'
  /** Items at most. */
  most: number
  /** Further fields of an item; none may be optional (`nullable` instead): strict schemas know no optional ones. */
  fields?: Shape
  /**
   * Words that items may use though their spans don't hold them: linking words, a call to act. Never a claim. Plain
   * grammar and the frame of a report («клиенты спрашивают») are allowed anyway.
   */
  vocabulary?: readonly string[]
  /** One more check, such as a platform's limits: what is wrong, for the model to mend, or null. */
  check?(item: Item<Shape>): string | null
}

export interface Item<Shape extends ZodRawShape = ZodRawShape> {
  text: string
  fields: z.infer<z.ZodObject<Shape>>
  /** At least one; words are whole, and a negation before them is in. */
  spans: SourceSpan[]
}

/** Why an item was dropped. */
export type Refusal =
  | 'invalid'
  | 'no-evidence'
  | 'unknown-utterance'
  | 'outside'
  | 'speaker'
  | 'unsupported'
  | 'number'
  | 'negation'
  | 'quote'
  | 'form'
  | 'limits'

export interface Written<Shape extends ZodRawShape = ZodRawShape> {
  items: Item<Shape>[]
  /** Items that failed their checks twice, by reason. */
  dropped: Partial<Record<Refusal, number>>
  /** Utterances kept back because they speak to the model instead of the company. */
  withheld: number
  /** False when nothing was sent: a dry run, or no sources. */
  asked: boolean
}

/** What a run has used of a model so far. */
export interface Spent {
  /** Requests that were sent; answers from the cache are counted apart. */
  requests: number
  cached: number
  promptTokens: number
  completionTokens: number
  /** In the currency of the prices set; null without prices. */
  cost: number | null
}

export interface Estimate {
  task: string
  /** Prompt and answer together, at most. */
  tokens: number
  cost: number | null
  /** ISO 4217 of the cost. */
  currency: string
}

/** A model bound to one run: to its signal and its budget. */
export interface Model {
  /** `model:gpt-x`; shown with results. */
  name: string
  /**
   * Throws UnavailableError when the endpoint fails beyond its retries, LimitError when the run's budget would not do,
   * CancelledError when stopped.
   */
  write<Shape extends ZodRawShape>(
    task: WritingTask<Shape>,
    /** Told before anything is sent. */
    estimated?: (estimate: Estimate) => void,
  ): Promise<Written<Shape>>
  spent(): Spent
  /** ISO 4217 of costs. */
  currency: string
}

export interface ModelRun {
  signal?: AbortSignal
  /** Told before anything is sent, whoever asks. */
  estimated?(estimate: Estimate): void
}

/** A configured model; each run opens it for itself. */
export interface ModelService {
  name: string
  open(run?: ModelRun): Model
  /** Asks for one word, to see whether the endpoint answers. Throws UnavailableError, CancelledError. */
  ping(signal?: AbortSignal): Promise<void>
}
