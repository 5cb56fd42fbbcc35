import { expect, it } from 'vitest'
import { z } from 'zod'
import { loadKinds } from '../../../server/notebook/kinds.ts'
import { fieldsOf, type OptionField } from '../../../web/state/option-fields.ts'

const typesOf = (fields: OptionField[]) => Object.fromEntries(fields.map(({ name, type }) => [name, type]))
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

it('finds a field for what a schema asks', () => {
  const schema = z.strictObject({
    limit: z.number().int().min(1).max(50).default(10),
    period: z.object({ from: z.string(), to: z.string() }).nullish(),
    data: z.string(),
    topics: z.array(z.enum(['price', 'terms'])).default([]),
    source: z
      .union([z.array(z.string()), z.string()])
      .nullish()
      .meta({ choices: 'source' }),
    touch: z.enum(['last', 'first']).default('last'),
    trend: z.boolean().default(true),
    rates: z.record(z.string(), z.number()).default({}),
    title: z.string().default(''),
  })
  const fields = fieldsOf(schemaOf(schema))
  expect(typesOf(fields)).toEqual({
    data: 'cell',
    limit: 'number',
    period: 'period',
    topics: 'list',
    source: 'list',
    touch: 'choice',
    trend: 'flag',
    rates: 'source',
    title: 'text',
  })
  expect(fields[0]).toMatchObject({ name: 'data', required: true })
  expect(fields.find(({ name }) => name === 'limit')).toMatchObject({
    min: 1,
    max: 50,
    whole: true,
    default: 10,
  })
  expect(fields.find(({ name }) => name === 'source')).toMatchObject({ from: 'source' })
  expect(fields.find(({ name }) => name === 'topics')).toMatchObject({ values: ['price', 'terms'] })
})

it('has fields for every kind of cell', async () => {
  for (const { kind, body, options } of (await loadKinds()).values()) {
    if (body === 'sql') continue
    const fields = fieldsOf(schemaOf(options))
    expect(fields.length, kind).toBeGreaterThan(0)
    expect(
      fields.some(({ type }) => type !== 'source'),
      kind,
    ).toBe(true)
  }
})
