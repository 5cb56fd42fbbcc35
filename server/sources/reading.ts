/** A row that was refused, kept as it was read, so that it can be put right and read again. */
import { z } from 'zod'
import { kinds } from './mapping.ts'
import { type ColumnMapping, createPlan, Row, type Surroundings } from './row.ts'
import { type CellValue, dataKinds, type TranscriptTurn } from './source.ts'

export interface Reading {
  kind: (typeof dataKinds)[number]
  columns: ColumnMapping[]
  /** In the order of the columns. */
  cells: CellValue[]
  turns?: TranscriptTurn[]
  env: Omit<Surroundings, 'speakers'> & { speakers: [name: string, role: 'client' | 'agent' | 'note'][] }
}

/** Characters kept of a reading at most; a longer row is mended in its file. */
const LONGEST = 40_000

const text = z.string()
const readingSchema: z.ZodType<Reading> = z.object({
  kind: z.enum(dataKinds),
  columns: z.array(z.object({ column: text, field: text.nullable(), rank: z.number() })),
  cells: z.array(z.union([text, z.number(), z.null()])),
  turns: z
    .array(
      z.object({
        speaker: text.nullable(),
        start_ms: z.number().nullable(),
        end_ms: z.number().nullable(),
        text,
      }),
    )
    .optional(),
  env: z.object({
    systems: z.object({ own: text, deal: text, client: text }),
    decimal: z.enum([',', '.', '?']),
    slashes: z.enum(['day', 'month']),
    timeZone: text,
    currency: text,
    speakers: z.array(z.tuple([text, z.enum(['client', 'agent', 'note'])])),
    micros: z.boolean(),
  }),
})

/** As it is stored; null for one that is too long. */
export function packReading(reading: Reading): string | null {
  const json = JSON.stringify(reading)
  return json.length > LONGEST ? null : json
}

/** Null for what is none, as of rows that were kept by an earlier version. */
export function unpackReading(json: string | null): Reading | null {
  if (json === null) return null
  const parsed = readingSchema.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : null
}

/** Reads it again. Throws RowError. */
export function readAgain({ kind, columns, cells, turns, env }: Reading, line: number) {
  const plan = createPlan(columns)
  return kinds[kind].read(new Row(line, cells, turns, plan, { ...env, speakers: new Map(env.speakers) }))
}
