import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, weekOf } from '../../server/lib/dates.ts'
import {
  attributeSpend,
  type Origin,
  type SpendCell,
  type TouchCell,
} from '../../server/metrics/attribution.ts'

const origin = (
  source: string | null,
  campaign: string | null = null,
  rest: Partial<Origin> = {},
): Origin => ({
  source,
  medium: null,
  campaign,
  content: null,
  keyword: null,
  ...rest,
})
const spent = (origin: Origin, day: string | null, cost: number): SpendCell => ({ origin, day, cost })
const touch = (from: Origin, day: string | null, segment: number, weight = 1): TouchCell => ({
  origin: from,
  day,
  segment,
  weight,
})

describe('attribution of spend', () => {
  const brand = origin('yandex', 'Бренд')
  const general = origin('yandex', 'Общая')

  it('goes to the leads of the same day first', () => {
    const result = attributeSpend(
      [spent(brand, '2026-03-02', 900_00)],
      [touch(brand, '2026-03-02', 0), touch(brand, '2026-03-02', 1, 2), touch(brand, '2026-03-03', 1)],
      2,
    )
    expect(result.bySegment).toEqual([300_00, 600_00])
    expect(result.byTime).toEqual({ day: 900_00, week: 0, month: 0, period: 0 })
  })

  it('without a lead that day to those of the week, then the month, then the period', () => {
    const spend = [spent(brand, '2026-03-04', 100)]
    const leads = (...days: string[]) => days.map((day, i) => touch(brand, day, i))
    // 2 March 2026 is the Monday of the 4th; the 9th is the next week, the 1st of April the next month.
    expect(attributeSpend(spend, leads('2026-03-02', '2026-03-09'), 2).bySegment).toEqual([100, 0])
    expect(attributeSpend(spend, leads('2026-03-09', '2026-04-01'), 2).bySegment).toEqual([100, 0])
    expect(attributeSpend(spend, leads('2026-04-01', '2026-05-01'), 2).bySegment).toEqual([50, 50])
  })

  it('a campaign without leads is paid by its source’s leads, a source without leads by nobody', () => {
    const result = attributeSpend(
      [spent(brand, '2026-03-02', 500), spent(origin('vk', 'Лиды'), '2026-03-02', 700)],
      [touch(general, '2026-03-02', 0)],
      1,
    )
    expect(result.bySegment).toEqual([500])
    expect(result.unattributed).toBe(700)
    expect(result.orphans).toEqual([{ source: 'vk', cost: 700 }])
  })

  it('a keyword is paid by its own leads, even of another day, before other keywords of that day', () => {
    const window = origin('yandex', 'Поиск', { keyword: 'окна' })
    const door = origin('yandex', 'Поиск', { keyword: 'двери' })
    const result = attributeSpend(
      [
        spent(window, '2026-03-02', 80),
        spent(origin('yandex', 'Поиск', { keyword: 'лоджии' }), '2026-03-02', 20),
      ],
      [touch(window, '2026-03-25', 0), touch(door, '2026-03-02', 1)],
      2,
    )
    // What «лоджии» cost brought nobody by that word: the campaign's only lead of the day bears it.
    expect(result.bySegment).toEqual([80, 20])
    expect(result.byKey).toMatchObject({ keyword: 80, campaign: 20 })
  })

  it('spelling of marks does not part what belongs together', () => {
    const result = attributeSpend(
      [spent(origin('yandex', ' БРЕНД '), '2026-03-02', 10)],
      [touch(brand, '2026-03-02', 0), touch(general, '2026-03-02', 1)],
      2,
    )
    expect(result.bySegment).toEqual([10, 0])
  })

  it('paid clicks are not charged to leads known to be organic', () => {
    const paid = origin('yandex', null, { medium: 'cpc' })
    const organic = origin('yandex', null, { medium: 'organic' })
    const unknown = origin('yandex')
    const spend = [spent(paid, '2026-03-02', 90)]
    expect(attributeSpend(spend, [touch(organic, '2026-03-02', 0)], 1).unattributed).toBe(90)
    const three = [
      touch(organic, '2026-03-02', 0),
      touch(unknown, '2026-03-02', 1),
      touch(paid, '2026-04-02', 2),
    ]
    expect(attributeSpend(spend, three, 3).bySegment).toEqual([0, 0, 90])
    expect(attributeSpend(spend, three.slice(0, 2), 3).bySegment).toEqual([0, 90, 0])
    // Spend that does not say its medium is shared by all of the source.
    expect(attributeSpend([spent(unknown, '2026-03-02', 90)], three, 3).bySegment).toEqual([45, 45, 0])
  })

  it('money paid back lessens the cost, and is shared alike', () => {
    const result = attributeSpend(
      [spent(brand, '2026-03-02', 100), spent(brand, '2026-03-02', -37)],
      [touch(brand, '2026-03-02', 0), touch(brand, '2026-03-02', 1)],
      2,
    )
    expect(result.bySegment).toEqual([32, 31])
    expect(attributeSpend([spent(brand, '2026-03-02', -5)], [], 0).unattributed).toBe(-5)
  })

  it('spend without a source, and leads without one, meet nobody', () => {
    const result = attributeSpend(
      [spent(origin(null, 'Бренд'), '2026-03-02', 11)],
      [touch(origin(null, 'Бренд'), '2026-03-02', 0)],
      1,
    )
    expect(result).toMatchObject({ bySegment: [0], unattributed: 11 })
  })
})

const days = Array.from({ length: 70 }, (_, i) => addDays('2026-01-20', i))
const anyOrigin = fc.record({
  source: fc.constantFrom('a', 'b', 'c', null),
  medium: fc.constantFrom('cpc', 'organic', null),
  campaign: fc.constantFrom('x', 'y', null),
  content: fc.constantFrom('p', null),
  keyword: fc.constantFrom('k', 'l', null),
})
const anyDay = fc.constantFrom(...days, null)
const anySpend = fc.array(
  fc
    .tuple(anyOrigin, anyDay, fc.integer({ min: -5_000, max: 1_000_000 }))
    .map(([from, day, cost]) => spent(from, day, cost)),
  { maxLength: 60 },
)
const anyTouches = fc.array(
  fc
    .tuple(anyOrigin, anyDay, fc.nat(4), fc.constantFrom(1, 2, 0.5, 1 / 3))
    .map(([from, day, segment, weight]) => touch(from, day, segment, weight)),
  { maxLength: 60 },
)

/** The rule once more, the slow way: for each kopeck spent, look through all touches at every level in turn. */
function shareSlowly(
  spend: readonly SpendCell[],
  touches: readonly TouchCell[],
): { shares: number[]; none: number } {
  const shares = [0, 0, 0, 0, 0]
  let none = 0
  for (const cell of spend) {
    const same = (name: keyof Origin) => (t: TouchCell) =>
      cell.origin[name] !== null && t.origin[name] === cell.origin[name]
    const campaign = (t: TouchCell) => t.origin.campaign === cell.origin.campaign
    const keys: ((t: TouchCell) => boolean)[] = [
      t => same('keyword')(t) && campaign(t),
      t => same('content')(t) && campaign(t),
      same('campaign'),
      same('medium'),
      t => cell.origin.medium === null || t.origin.medium === null,
    ]
    const times: ((t: TouchCell) => boolean)[] = [
      t => cell.day !== null && t.day === cell.day,
      t => cell.day !== null && t.day !== null && weekOf(t.day) === weekOf(cell.day),
      t => cell.day !== null && t.day?.slice(0, 7) === cell.day.slice(0, 7),
      () => true,
    ]
    const sameSource = touches.filter(same('source'))
    const found = keys.map(byKey => sameSource.filter(byKey)).find(list => list.length > 0)
    if (!found) {
      none += cell.cost
      continue
    }
    const payers = times.map(byTime => found.filter(byTime)).find(list => list.length > 0)!
    const weight = payers.reduce((sum, t) => sum + t.weight, 0)
    for (const t of payers) shares[t.segment]! += (cell.cost * t.weight) / weight
  }
  return { shares, none }
}

describe('attribution of any spend over any leads', () => {
  it('adds up to the total to the kopeck', () => {
    fc.assert(
      fc.property(anySpend, anyTouches, (spend, touches) => {
        const { bySegment, unattributed, orphans, byKey, byTime } = attributeSpend(spend, touches, 5)
        const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)
        expect(sum(bySegment) + unattributed).toBe(sum(spend.map(cell => cell.cost)))
        expect(bySegment.every(Number.isInteger)).toBe(true)
        expect(sum(orphans.map(orphan => orphan.cost))).toBe(unattributed)
        expect(sum(Object.values(byKey))).toBe(sum(bySegment))
        expect(sum(Object.values(byTime))).toBe(sum(bySegment))
      }),
      { numRuns: 300 },
    )
  })

  it('is the rule, within a kopeck', () => {
    fc.assert(
      fc.property(anySpend, anyTouches, (spend, touches) => {
        const { bySegment, unattributed } = attributeSpend(spend, touches, 5)
        const { shares, none } = shareSlowly(spend, touches)
        expect(unattributed).toBe(none)
        for (const [i, share] of shares.entries())
          expect(Math.abs(bySegment[i]! - share)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(anySpend, anyTouches, (spend, touches) => {
        const forth = attributeSpend(spend, touches, 5)
        const back = attributeSpend([...spend].reverse(), [...touches].reverse(), 5)
        expect(back.unattributed).toBe(forth.unattributed)
        for (const [i, cost] of forth.bySegment.entries())
          expect(Math.abs(back.bySegment[i]! - cost)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
