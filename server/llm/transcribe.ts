/**
 * Speech -> text by an OpenAI-compatible endpoint. Sound can't be masked: it leaves the machine as it is, and so only where
 * a model for it is set. What comes back is checked before it is believed.
 */
import { z } from 'zod'
import { CancelledError, UnavailableError } from '../errors.ts'
import { createClient, describeFailure } from './endpoint.ts'

export interface TranscriberSettings {
  baseUrl: string
  apiKey: string
  model: string
  /** Milliseconds for one recording. */
  timeoutMs: number
  /** Bytes of one request at most. */
  maxBytes: number
}

export interface Segment {
  /** Seconds. */
  start: number
  end: number
  text: string
  /** Null where the model tells no speakers apart. */
  speaker: string | null
}

const answerSchema = z.object({
  segments: z
    .array(
      z.object({
        start: z.number().min(0),
        end: z.number().min(0),
        text: z.string().max(20_000),
        speaker: z.union([z.string().max(200), z.number()]).nullish(),
      }),
    )
    .max(100_000),
})

/** A function that transcribes one file. Throws UnavailableError beyond its retries, CancelledError when stopped. */
export function createTranscriber(settings: TranscriberSettings, retries = 3) {
  const { model } = settings
  const open = createClient({ ...settings, retries })
  const tellsSpeakers = /diari[sz]/i.test(model)
  return async (name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<Segment[]> => {
    const format = tellsSpeakers
      ? { response_format: 'diarized_json' as const, chunking_strategy: 'auto' as const }
      : { response_format: 'verbose_json' as const }
    try {
      const file = new File([bytes as Uint8Array<ArrayBuffer>], name)
      const answer: unknown = await (await open()).audio.transcriptions.create(
        { file, model, ...format },
        { ...(signal && { signal }) },
      )
      const parsed = answerSchema.safeParse(answer)
      if (parsed.success)
        return parsed.data.segments.map(({ speaker, ...rest }) => ({
          ...rest,
          speaker: speaker === null || speaker === undefined ? null : String(speaker),
        }))
    } catch (error) {
      if (signal?.aborted)
        throw new CancelledError('Transcribing was stopped', { hint: 'Repeat it to go on.' })
      throw describeFailure(error, model)
    }
    throw new UnavailableError('The endpoint answered with no transcript in segments', {
      hint: 'Set VERBATIM_TRANSCRIBE_MODEL to a model that gives verbose_json or diarized_json.',
    })
  }
}
