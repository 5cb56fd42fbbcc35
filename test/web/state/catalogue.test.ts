import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CatalogueView,
  changeView,
  faqStates,
  isFiltered,
  kinds,
  readView,
  sorts,
  statuses,
  tableQuery,
  topics,
  viewPath,
} from '../../../web/state/catalogue.ts'

const read = (address: string) => readView(new URL(address, 'http://127.0.0.1').searchParams)
const first = read('/catalogue')

describe('a view of the catalogue in the address', () => {
  it('says only what differs from the first view', () => {
    expect(viewPath(first)).toBe('/catalogue')
    expect(isFiltered(first)).toBe(false)
    const view: CatalogueView = {
      ...first,
      topic: 'price',
      faq: 'missing',
      search: 'монтаж & цена',
      sort: 'last',
      reverse: true,
      from: 200,
      theme: 'q-12',
    }
    expect(viewPath(view)).toBe(
      `/catalogue?topic=price&faq=missing&q=${encodeURIComponent('монтаж').replaceAll('%20', '+')}+%26+${encodeURIComponent('цена')}&sort=-last&from=200&theme=q-12`,
    )
    expect(isFiltered(view)).toBe(true)
    expect(Object.fromEntries(tableQuery(view))).toEqual({
      kind: 'question',
      limit: '100',
      sort: 'last',
      reverse: 'true',
      topic: 'price',
      faq: 'missing',
      search: 'монтаж & цена',
      offset: '200',
    })
  })

  it('every view comes back from its address', () => {
    const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values))
    const views = fc.record({
      kind: fc.constantFrom(...kinds),
      topic: maybe(topics),
      status: maybe(statuses),
      faq: maybe(faqStates),
      search: fc.string().map(text => text.trim()),
      hidden: fc.boolean(),
      sort: fc.constantFrom(...sorts),
      reverse: fc.boolean(),
      from: fc.nat(20).map(page => page * 100),
      theme: maybe(['q-1', 'v-22', 'waiting']),
    })
    fc.assert(
      fc.property(views, given => {
        const view = { ...given, faq: given.kind === 'question' ? given.faq : null }
        // A theme's letter tells the kind only where the address does not.
        if (view.kind === 'question' && view.theme === 'v-22') view.theme = 'q-1'
        expect(read(viewPath(view))).toEqual(view)
      }),
    )
  })

  it('leaves out what can’t be read', () => {
    const odd = '/catalogue?kind=wish&topic=x&status=&faq=maybe&sort=--last&from=-5&theme=q-1%27&hidden=1'
    expect(read(odd)).toEqual(first)
    expect(read('/catalogue?kind=value&faq=missing').faq).toBeNull()
    expect(read('/catalogue?from=150').from).toBe(100)
    expect(read('/catalogue?theme=o-3').kind).toBe('objection')
  })

  it('begins anew where rows are other ones, and closes a theme of another kind', () => {
    const view: CatalogueView = { ...first, from: 300, faq: 'poor', theme: 'q-4' }
    expect(changeView(view, { topic: 'terms' })).toEqual({ ...view, from: 0, topic: 'terms' })
    expect(changeView(view, { from: 300, theme: 'q-5' })).toEqual({ ...view, theme: 'q-5' })
    expect(changeView(view, { kind: 'value' })).toEqual({ ...first, kind: 'value' })
  })
})
