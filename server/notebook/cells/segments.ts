/** Segments of clients: conversion with its interval, cost of winning one, average deal; by one field or two crossed. */
import { z } from 'zod'
import { NotebookError } from '../../errors.ts'
import { dimensionOf, fieldNames } from '../../metrics/dimensions.ts'
import { chooseBands, readLabels } from '../../metrics/field-values.ts'
import { readSegments, type Segment } from '../../metrics/segments.ts'
import { defineCell } from '../cell.ts'
import { fieldLabel, valueLabel } from '../field-names.ts'
import { createFigures } from '../figures.ts'
import { costNotes, overlapNote, smallNote, toNote, unripe } from '../number-notes.ts'
import { numberOptions, toFilter, toRates } from '../number-options.ts'
import type { Output } from '../output.ts'
import { bubbleChart, heatMap, heatMeasures, intervalChart } from '../segment-charts.ts'
import { segmentFinding } from '../segment-finding.ts'
import { toSegmentTable } from '../segment-table.ts'

const optionsSchema = z.strictObject({
  by: z.union([z.string(), z.tuple([z.string(), z.string()])]).meta({ choices: 'field' }),
  title: z.string().default(''),
  ...numberOptions,
  /** Segments drawn, those with the most leads; the table has them all. */
  limit: z.number().int().min(2).max(100).default(12),
  /** What a heat map of two fields shows. */
  show: z.enum(heatMeasures).default('conversion'),
  /** Draws cost of a client against conversion as well. */
  bubbles: z.boolean().default(false),
  /** Borders of `check`, in units of money; by default thirds of the purchases. */
  bands: z.array(z.number().positive()).min(1).max(9).optional(),
})

export default defineCell<z.infer<typeof optionsSchema>>({
  kind: 'segments',
  body: 'yaml',
  options: optionsSchema,
  example: 'by: profile\nperiod: :period',
  tables: [
    'deals',
    'origins',
    'spend',
    'visits',
    'deal_tags',
    'client_attributes',
    'mentions',
    'themes',
    'client_personas',
    'personas',
  ],
  run: async (options, context) => {
    const { language, currency } = context
    const filter = toFilter(options)
    const fields = [options.by].flat()
    const bands = fields.includes('check') ? (options.bands ?? (await chooseBands(context, filter))) : []
    const dimensions = fields.map(field => {
      const dimension = dimensionOf(field, bands)
      if (dimension) return dimension
      throw new NotebookError(`by: there is no field “${field}”`, {
        hint: `Fields: ${fieldNames.join(', ')}`,
      })
    })
    const { touch } = options
    const rates = toRates(options, context)
    const all = await readSegments(context, { dimensions, filter, touch, currency, rates })
    const figures = createFigures(language, all.rule.main)
    const known = await Promise.all(fields.map(field => readLabels(context, field)))
    const labelled = new Map(known.flatMap(labels => [...labels]))
    const names = { language, currency: all.rule.main, bands, labels: labelled }
    const partOf = (segment: Segment, at: number) => valueLabel(fields[at]!, segment.names[at]!, names)
    const nameOf = (segment: Segment) => fields.map((_, at) => partOf(segment, at)).join(' · ')
    const columns = fields.map((field, at) => ({
      name: at === 0 ? 'segment' : 'segment_2',
      label: fieldLabel(field, language),
    }))
    const { table, small } = toSegmentTable(all, columns, partOf, language, currency)
    const finding: Output = { type: 'text', role: 'finding', markdown: segmentFinding(all, nameOf, figures) }
    if (all.segments.length === 0) return { outputs: [finding, ...toNote(costNotes(all, figures))], table }
    const shown = all.segments.slice(0, options.limit)
    const title = options.title || fields.map(field => fieldLabel(field, language)).join(' × ')
    const labels: [string, string] = [fieldLabel(fields[0]!, language), fieldLabel(fields[1] ?? '', language)]
    const bubbles = options.bubbles && fields.length === 1 ? bubbleChart(shown, nameOf, title, figures) : null
    const chart =
      fields.length === 2
        ? heatMap(all, partOf, options.show, labels, title, options.limit, figures)
        : intervalChart(shown, nameOf, title, figures)
    return {
      outputs: [
        finding,
        ...(bubbles ? [bubbles] : []),
        chart,
        { type: 'table', title, table, folded: true, small },
        ...toNote([
          smallNote(all, figures),
          unripe(all, figures),
          overlapNote(all, figures),
          ...costNotes(all, figures),
        ]),
      ],
      table,
    }
  },
})
