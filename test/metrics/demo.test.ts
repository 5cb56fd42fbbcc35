/** Every metric on the demo company, recomputed in a second, independent way. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { DealRow } from '../../data/demo/generator/rows.ts'
import { readChannels } from '../../server/metrics/channels.ts'
import { readCohorts } from '../../server/metrics/cohorts.ts'
import { type MetricId, metricIds, views } from '../../server/metrics/definitions.ts'
import { dimensionOf } from '../../server/metrics/dimensions.ts'
import { readGoals, readStages, toFunnel } from '../../server/metrics/funnel.ts'
import { readHandover } from '../../server/metrics/handover.ts'
import { readPlan } from '../../server/metrics/plan.ts'
import type { Facts, Filter } from '../../server/metrics/query.ts'
import { readSales } from '../../server/metrics/sales.ts'
import { readSegments } from '../../server/metrics/segments.ts'
import { readSpendSums } from '../../server/metrics/spend.ts'
import { readCourses, readTotals } from '../../server/metrics/totals.ts'
import type { Database } from '../../server/store/database.ts'
import { eachDatabase } from '../support/databases.ts'
import { loadDemoRows, makeDemoRows } from '../support/demo-rows.ts'
import { allDeals, cohortsOf, isWon, monthSpan, recompute, type Span, segmentsBy } from './recompute.ts'

const rows = makeDemoRows()
const LAST_DAY = '2026-10-31'
const money = { currency: 'RUB', rates: {} }
const quarter: Span = { from: '2026-08-03', to: '2026-10-31' }
const year: Span = { from: '2025-11-01', to: LAST_DAY }
const all: Span = { from: '0001-01-01', to: '9999-12-31' }
const filterOf = (period: Span, sources: string[] = []): Filter => ({ period, sources })
const factsOf = (database: Database): Facts => ({
  dialect: database.dialect,
  query: (statement, options) => database.reader.read(statement, options),
})
const owner = new Map(rows.clients.map(({ client }) => [client.client_id, client]))
const truth = JSON.parse(readFileSync(new URL('../../data/demo/truth.ru.json', import.meta.url), 'utf8')) as {
  effects: { name: string; planted: Record<string, string | number>; measured: Record<string, number> }[]
}
const effect = (name: string) => truth.effects.find(one => one.name === name)!

eachDatabase('metrics of the demo', open => {
  it('are what a second computation over the raw rows says', async () => {
    const { database } = await open()
    await loadDemoRows(database, rows)
    const facts = factsOf(database)

    for (const view of views) {
      for (const [span, sources] of [
        [quarter, []],
        [year, []],
        [all, []],
        [year, ['vk', 'листовки']],
        [{ from: '2024-01-01', to: '2024-12-31' }, []],
      ] as [Span, string[]][]) {
        const { values } = await readTotals(facts, { filter: filterOf(span, sources), view, ...money })
        const expected: Partial<Record<MetricId, number | null>> = recompute(rows, span, view, sources)
        for (const id of metricIds) {
          const [got, want] = [values[id], expected[id] ?? null]
          // What nobody reported is unknown, not nothing.
          if (got === null) expect(want === null || want === 0, `${id} ${span.from} ${view}`).toBe(true)
          else expect(got, `${id} ${span.from} ${view}`).toBeCloseTo(want!, 9)
        }
      }
    }

    const fields: Record<string, (deal: DealRow) => string | null> = {
      source: deal => deal.source,
      campaign: deal => deal.campaign,
      keyword: deal => deal.keyword,
      product: deal => deal.product,
      manager: deal => deal.manager,
      kind: deal => owner.get(deal.client_id)!.kind,
      city: deal => owner.get(deal.client_id)!.city,
      region: deal => owner.get(deal.client_id)!.region,
      profile: deal => owner.get(deal.client_id)!.profile,
      'attribute:Тип дома': deal => owner.get(deal.client_id)!.building,
      month: deal => deal.created_at.slice(0, 7),
    }
    for (const [field, partOf] of Object.entries(fields)) {
      const found = await readSegments(facts, {
        dimensions: [dimensionOf(field)!],
        filter: filterOf(year),
        touch: 'last',
        ...money,
      })
      const { parts, unattributed } = segmentsBy(rows, year, partOf)
      expect(found.segments.length, field).toBe(parts.length)
      expect(found.unattributed, field).toBe(unattributed / 100)
      for (const part of parts) {
        const segment = found.segments.find(one => one.names[0] === part.name)!
        const { leads, mql, sql, won, fresh, revenue } = segment
        expect({ name: part.name, leads, mql, sql, won, fresh, revenue, cost: 0 }, field).toEqual({
          ...part,
          cost: 0,
        })
        // Whole kopecks that add up: each part is at most one off its share.
        expect(Math.abs(segment.cost! * 100 - part.cost), `${field} ${part.name}`).toBeLessThanOrEqual(1)
      }
      const kopecks = found.segments.reduce((sum, one) => sum + Math.round(one.cost! * 100), 0)
      expect(kopecks + Math.round(found.unattributed * 100)).toBe(
        Math.round(recompute(rows, year, 'cohort').spend * 100),
      )
    }

    const crossed = await readSegments(facts, {
      dimensions: [dimensionOf('city')!, dimensionOf('source')!],
      filter: filterOf(year),
      touch: 'last',
      ...money,
    })
    const pairs = segmentsBy(rows, year, deal => `${owner.get(deal.client_id)!.city}|${deal.source}`)
    expect(
      new Map(
        crossed.segments.map(one => [`${one.names[0]}|${one.names[1]}`, [one.leads, one.won, one.revenue]]),
      ),
    ).toEqual(new Map(pairs.parts.map(part => [part.name, [part.leads, part.won, part.revenue]])))

    const tagged = await readSegments(facts, {
      dimensions: [dimensionOf('tag')!],
      filter: filterOf(year),
      touch: 'last',
      ...money,
    })
    const inYear = allDeals(rows).filter(deal => deal.created_at.slice(0, 10) >= year.from)
    for (const { names, leads } of tagged.segments) {
      const own = inYear.filter(deal =>
        names[0] === null ? deal.tags.length === 0 : deal.tags.includes(names[0]!),
      )
      expect([names[0], leads]).toEqual([names[0], new Set(own.map(deal => deal.client_id)).size])
    }
    expect(tagged.total.leads).toBe(recompute(rows, year, 'cohort').leads)

    const { cohorts } = await readCohorts(facts, { filter: filterOf(all), ...money, today: LAST_DAY })
    for (const expected of cohortsOf(rows, '2026-10')) {
      const { month, leads, won, wonBy, revenue, calendar } = cohorts.find(
        one => one.month === expected.month,
      )!
      expect({ month, leads, won, wonBy, revenue, calendar }).toEqual(expected)
    }

    const filter = filterOf(quarter)
    const plain = recompute(rows, quarter, 'cohort')
    const inQuarter = allDeals(rows).filter(deal => deal.created_at.slice(0, 10) >= quarter.from)
    const stages = await readStages(facts, filter, ['Замер', 'Договор'])
    const reached = (stage: string) =>
      new Set(
        rows.clients.flatMap(({ deals, stages: moves }) =>
          deals
            .filter(
              deal =>
                inQuarter.includes(deal) &&
                moves.some(move => move.deal_id === deal.deal_id && move.stage === stage),
            )
            .map(deal => deal.client_id),
        ),
      ).size
    expect([...stages]).toEqual([
      ['Замер', reached('Замер')],
      ['Договор', reached('Договор')],
    ])
    const goals = await readGoals(facts, filter)
    const visits = rows.clients
      .flatMap(client => client.visits)
      .filter(
        visit => visit.started_at.slice(0, 10) >= quarter.from && visit.started_at.slice(0, 10) <= quarter.to,
      )
    for (const [goal, count] of goals)
      expect(count, goal).toBe(visits.filter(visit => visit.goals.includes(goal)).length)
    const funnel = toFunnel(
      {
        tally: (await readCourses(facts, filter, { calendar: false, taken: false })).cohort.total,
        spend: await readSpendSums(facts, filter),
        visits: visits.length,
        goals,
        stages,
      },
      'cohort',
    )
    const steps = Object.fromEntries(
      funnel.filter(step => step.kind === 'main').map(step => [step.id, step.count]),
    )
    const { impressions, reach, clicks, leads, mql, sql, won, again } = plain
    expect(steps).toEqual({ impressions, reach, clicks, visits: plain.visits, leads, mql, sql, won, again })
    const waiting = new Set(inQuarter.filter(deal => deal.status === 'open').map(deal => deal.client_id))
    for (const deal of inQuarter.filter(isWon)) waiting.delete(deal.client_id)
    expect(funnel.reduce((sum, step) => sum + (step.open ?? 0), 0)).toBe(waiting.size)
    expect(leads - won).toBe(funnel.reduce((sum, step) => sum + (step.lost ?? 0) + (step.open ?? 0), 0))

    const handover = await readHandover(facts, filter)
    const lostBefore = inQuarter.filter(deal => deal.status === 'lost' && deal.qualified_at === null)
    for (const { reason, step, clients } of handover.reasons.filter(one => one.step !== 'won'))
      expect([reason, step, clients]).toEqual([
        reason,
        step,
        new Set(lostBefore.filter(deal => deal.loss_reason === reason).map(deal => deal.client_id)).size,
      ])

    const plan = await readPlan(facts, filterOf(quarter), LAST_DAY, { main: 'RUB', rates: {}, turned: [] })
    for (const { month, metric, plan: planned, fact } of plan.months) {
      const target = rows.targets.filter(one => one.month === month && one.metric === metric)
      const then = recompute(rows, monthSpan(month), 'calendar')
      expect([month, metric, planned, fact]).toEqual([
        month,
        metric,
        target.reduce((sum, one) => sum + one.value, 0),
        then[metric],
      ])
    }
    expect(plan.months.length).toBe(6)

    const sales = await readSales(facts, { filter: filterOf(year), touch: 'last', ...money })
    const first = rows.clients
      .flatMap(({ deals }) => deals.slice(0, 1))
      .filter(deal => deal.created_at.slice(0, 10) >= year.from)
    expect(sales.fresh).toBe(first.length)
    const channels = await readChannels(
      facts,
      { filter: filterOf(year), touch: 'last', ...money },
      'source',
      1,
    )
    for (const { segment, contacts } of channels.channels) {
      const own = rows.clients
        .flatMap(client => client.conversations)
        .filter(
          talk =>
            talk.kind !== 'comment' &&
            talk.direction !== 'out' &&
            talk.source === segment.names[0] &&
            talk.started_at.slice(0, 10) >= year.from,
        )
      expect([segment.names[0], contacts]).toEqual([segment.names[0], own.length])
    }
  })
})

eachDatabase('effects planted in the demo', (open, dialect) => {
  it.runIf(dialect === 'sqlite')('are the numbers that its truth file says', async () => {
    const { database } = await open()
    await loadDemoRows(database, rows)
    const query = { filter: filterOf(all), touch: 'last' as const, ...money }
    const of = async (field: string, name: string) => {
      const { segments } = await readSegments(factsOf(database), {
        dimensions: [dimensionOf(field)!],
        ...query,
      })
      return segments.find(segment => segment.names[0] === name)!
    }
    const vk = await of('source', 'vk')
    const { cpl, conversion } = effect('cheap_clicks_dear_clients').measured
    expect(vk.cpl).toBeCloseTo(cpl!, 2)
    expect(vk.conversion).toBeCloseTo(conversion!, 3)
    expect(vk.cost! / vk.won).toBeCloseTo(effect('cheap_clicks_dear_clients').measured.cac!, 1)
    const leaflets = await of('source', 'листовки')
    const { leads, won, cost } = effect('calls_without_sales').measured
    expect([leaflets.leads, leaflets.won, leaflets.cost]).toEqual([leads, won, cost])
    expect((await of('city', 'Казань')).check).toBeCloseTo(effect('dear_city').measured.check!, 2)
  })
})
