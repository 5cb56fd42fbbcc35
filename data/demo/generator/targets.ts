/** The plan: revenue by manager and leads of the whole company, month by month, a little above what may be expected. */
import { days, months } from './calendar.ts'
import type { TargetRow } from './rows.ts'
import { toShares } from './weights.ts'
import type { World } from './world.ts'

/** Plan for so many clients. */
export function targetRows(world: World, clients: number): TargetRow[] {
  const { pack } = world
  const revenue = clients * expectedRevenue(world)
  return months.flatMap(month => {
    const share = days.reduce((sum, day) => (day.day.startsWith(month) ? sum + day.share : sum), 0)
    const round = (value: number) => Math.max(1000, Math.round(value / 1000) * 1000)
    return [
      { month, manager: '', metric: 'leads' as const, value: Math.round(clients * share * 1.05) },
      ...pack.managers.map(({ name, share: part }) => ({
        month,
        manager: name,
        metric: 'revenue' as const,
        value: round(revenue * share * part * 1.08),
      })),
    ]
  })
}

/** What a client brings on average, by the planted chances. */
function expectedRevenue(world: World): number {
  return world.pack.personas.reduce((sum, persona) => {
    const check = Object.entries(toShares(persona.products)).reduce(
      (total, [key, share]) => total + world.products.get(key)!.check * share,
      0,
    )
    const conversion = Object.entries(toShares(persona.sources)).reduce(
      (total, [key, share]) => total + world.sources.get(key)!.conversion * share,
      0,
    )
    return sum + world.personaShares[persona.key]! * check * persona.check * conversion * persona.conversion
  }, 0)
}
