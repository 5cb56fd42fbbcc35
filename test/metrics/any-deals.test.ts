/** What is kept ready and read fast says of any company what loops over its rows say. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCohorts } from '../../server/metrics/cohorts.ts'
import { views } from '../../server/metrics/definitions.ts'
import { dimensionOf } from '../../server/metrics/dimensions.ts'
import { readHandover } from '../../server/metrics/handover.ts'
import { readSegments } from '../../server/metrics/segments.ts'
import { readTotals } from '../../server/metrics/totals.ts'
import { touchModels } from '../../server/metrics/touches.ts'
import type { Database } from '../../server/store/database.ts'
import { raw } from '../../server/store/sql.ts'
import { loadRows } from '../support/cells.ts'
import { eachDatabase } from '../support/databases.ts'
import { type Company, cameIn, costOf, countDeals, countTotals, makeCompany, RATES } from './any-company.ts'

const money = { currency: 'RUB', rates: RATES }

eachDatabase('numbers of any company', (open, dialect) => {
  it('are those that its rows add up to', async () => {
    const { database } = await open()
    const facts = {
      dialect: database.dialect,
      query: database.reader.read,
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), async seed => {
        const { company, question } = makeCompany(seed)
        await fill(database, company)
        // A month that was changed since the last import is read another way.
        if (seed % 2 === 0)
          for (const table of ['deals', 'spend'])
            await database.run(raw(`update ${table} set week = week where month = '2026-02'`))
        const { from, to, sources } = question
        const filter = { period: { from, to }, sources }

        for (const view of views) {
          const { values } = await readTotals(facts, { filter, view, ...money })
          expect(values, view).toMatchObject(countTotals(company, question, view))
        }

        const came = cameIn(company, question)
        const partOf: Record<string, (deal: (typeof came)[number]) => unknown[]> = {
          source: deal => [deal.source],
          keyword: deal => [deal.keyword],
          product: deal => [deal.product],
          city: deal => [company.clients.find(one => one.client_id === deal.client_id)!.city],
          tag: deal => {
            const own = company.deal_tags.filter(({ deal_id }) => deal_id === deal.deal_id)
            return own.length > 0 ? own.map(({ tag }) => tag) : [null]
          },
        }
        for (const [field, names] of Object.entries(partOf)) {
          for (const touch of field === 'tag' ? (['last'] as const) : touchModels) {
            const found = await readSegments(facts, {
              dimensions: [dimensionOf(field)!],
              filter,
              touch,
              ...money,
            })
            const { byDeal, unattributed } = costOf(company, question, touch)
            expect(found.unattributed, `${field} ${touch}`).toBe(unattributed / 100)
            expect(new Set(found.segments.map(one => one.names[0]))).toEqual(new Set(came.flatMap(names)))
            for (const segment of found.segments) {
              const own = came.filter(deal => names(deal).includes(segment.names[0]))
              expect(segment, field).toMatchObject(countDeals(company, own))
              const cost = own.reduce((sum, deal) => sum + (byDeal.get(deal.deal_id!) ?? 0), 0)
              // Whole kopecks that add up: each part is at most one off its share.
              expect(Math.abs((segment.cost ?? 0) * 100 - cost), `${field} ${touch}`).toBeLessThan(1.001)
            }
          }
        }

        const { cohorts } = await readCohorts(facts, { filter, ...money, today: to })
        for (const { month, leads, won, revenue } of cohorts)
          expect([month, { leads, won, revenue }]).toMatchObject([
            month,
            countSome(
              company,
              came.filter(deal => deal.month === month),
            ),
          ])

        const { sources: handed } = await readHandover(facts, filter)
        for (const { source, mql, sql } of handed)
          expect({ source, mql, sql }).toMatchObject(
            pickSteps(
              company,
              came.filter(deal => deal.source === source),
            ),
          )
      }),
      { numRuns: dialect === 'sqlite' ? 25 : 8 },
    )
  })
})

function countSome(company: Company, deals: Company['deals']) {
  const { leads, won, revenue } = countDeals(company, deals)
  return { leads, won, revenue }
}

function pickSteps(company: Company, deals: Company['deals']) {
  const { mql, sql } = countDeals(company, deals)
  return { mql, sql }
}

async function fill(database: Database, company: Company): Promise<void> {
  for (const table of [...Object.keys(company), 'origins']) await database.run(raw(`delete from ${table}`))
  const rows = Object.entries(company).filter(([, list]) => list.length > 0)
  await loadRows(database, Object.fromEntries(rows))
}
