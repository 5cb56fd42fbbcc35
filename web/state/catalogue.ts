/**
 * What of the catalogue is looked at, as the address bar keeps it, so that a view can be sent to a colleague:
 * `/catalogue?kind=value&topic=price&q=тихо&sort=-last&from=100&theme=v-12`. Only what differs from the first view is
 * there; what can't be read is left out.
 */
export const kinds = ['question', 'value', 'objection'] as const
export const topics = ['price', 'landing', 'product', 'terms', 'service', 'other'] as const
export const statuses = ['new', 'in_work', 'answered', 'dismissed'] as const
export const faqStates = ['missing', 'poor', 'unsure', 'answered', 'none'] as const
export const sorts = ['clients', 'growth', 'won', 'lost', 'last', 'label'] as const

export type Kind = (typeof kinds)[number]
export type Topic = (typeof topics)[number]
export type Status = (typeof statuses)[number]
export type FaqState = (typeof faqStates)[number]
export type Sort = (typeof sorts)[number]

export interface CatalogueView {
  kind: Kind
  topic: Topic | null
  status: Status | null
  faq: FaqState | null
  search: string
  /** Only hidden themes. */
  hidden: boolean
  sort: Sort
  reverse: boolean
  /** Rows before the page that is shown. */
  from: number
  /** The open theme: `q-12`, or `waiting` for what is in none. */
  theme: string | null
}

/** Rows of a page. */
export const PAGE = 100

export function readView(query: URLSearchParams): CatalogueView {
  const one = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find(value => value === query.get(name)) ?? null
  const order = query.get('sort') ?? ''
  const from = Number(query.get('from') ?? 0)
  const theme = query.get('theme') ?? ''
  const kind = one('kind', kinds) ?? kinds.find(name => new RegExp(`^${name[0]}-`).test(theme)) ?? 'question'
  return {
    kind,
    topic: one('topic', topics),
    status: one('status', statuses),
    faq: kind === 'question' ? one('faq', faqStates) : null,
    search: query.get('q')?.trim() ?? '',
    hidden: query.get('hidden') === 'true',
    sort: sorts.find(name => name === order.replace(/^-/, '')) ?? 'clients',
    reverse: order.startsWith('-') && sorts.some(name => `-${name}` === order),
    from: Number.isSafeInteger(from) && from > 0 ? Math.floor(from / PAGE) * PAGE : 0,
    theme: /^(?:[qvo]-\d+|waiting)$/.test(theme) ? theme : null,
  }
}

/** The address of a view. */
export function viewPath(view: CatalogueView): string {
  const query = new URLSearchParams()
  if (view.kind !== 'question') query.set('kind', view.kind)
  for (const name of ['topic', 'status', 'faq'] as const) if (view[name]) query.set(name, view[name])
  if (view.search !== '') query.set('q', view.search)
  if (view.hidden) query.set('hidden', 'true')
  if (view.sort !== 'clients' || view.reverse) query.set('sort', `${view.reverse ? '-' : ''}${view.sort}`)
  if (view.from > 0) query.set('from', String(view.from))
  if (view.theme !== null) query.set('theme', view.theme)
  const text = query.toString()
  return text === '' ? '/catalogue' : `/catalogue?${text}`
}

/** The same as the API takes it. */
export function tableQuery(view: CatalogueView): URLSearchParams {
  const query = new URLSearchParams({ kind: view.kind, limit: String(PAGE), sort: view.sort })
  for (const name of ['topic', 'status', 'faq', 'search'] as const)
    if (view[name]) query.set(name, view[name])
  if (view.hidden) query.set('hidden', 'true')
  if (view.reverse) query.set('reverse', 'true')
  if (view.from > 0) query.set('offset', String(view.from))
  return query
}

/** Whether anything narrows the table. */
export function isFiltered({ topic, status, faq, search, hidden }: CatalogueView): boolean {
  return topic !== null || status !== null || faq !== null || search !== '' || hidden
}

/** A view of another kind, or with other filters, begins at its first page. */
export function changeView(view: CatalogueView, change: Partial<CatalogueView>): CatalogueView {
  const next = { ...view, from: 0, ...change }
  return next.kind === view.kind ? next : { ...next, faq: null, theme: null }
}
