/** Sessions on the site of clients whom the call tracker knows by their phone. */
import type { Random } from '../../../server/lib/random.ts'
import { DAY_MS, MINUTE_MS, toMoment } from './calendar.ts'
import type { Pack, Product, QuestionTheme } from './pack.ts'
import type { Origin, VisitRow } from './rows.ts'

export interface VisitSetting {
  random: Random
  pack: Pack
  client_id: string
  /** Number of the client's first visit, for ids. */
  number: number
  visitor: string
  origin: Origin
  product: Product
  questions: readonly QuestionTheme[]
  contact: string
  created: number
}

/** One to three visits before a deal, the last some minutes before it; goals say what was done there. */
export function visitsBefore(setting: VisitSetting): VisitRow[] {
  const { random, pack, client_id, origin, product, contact, created } = setting
  const { goals } = pack
  const count = 1 + (random.next() < 0.4 ? 1 : 0) + (random.next() < 0.12 ? 1 : 0)
  return Array.from({ length: count }, (_, i) => {
    const last = i === count - 1
    const before = last
      ? (3 + random.integer(25)) * MINUTE_MS
      : (count - 1 - i) * (0.5 + random.next() * 4) * DAY_MS
    const faq = setting.questions.some(theme => theme.faq !== 'missing') && random.next() < 0.4
    const reached = [
      ...(faq ? [goals.faq] : []),
      ...(random.next() < 0.3 ? [goals.calculator] : []),
      ...(last ? [contact === 'call' ? goals.callback : contact === 'chat' ? goals.chat : goals.form] : []),
    ]
    // Who comes back a second time often types the address.
    const direct = i > 0 && random.next() < 0.3
    return {
      client_id,
      visit_id: `${pack.calls}:${setting.number + i}`,
      visitor: setting.visitor,
      started_at: toMoment(created - Math.round(before / MINUTE_MS) * MINUTE_MS),
      ...(direct ? { source: 'direct', medium: null, campaign: null, content: null, keyword: null } : origin),
      landing_page: `${pack.site}${direct ? '/' : product.landing}`,
      pages: 1 + reached.length + random.integer(4),
      goals: reached,
    }
  })
}
