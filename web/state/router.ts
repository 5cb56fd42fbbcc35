/** Addresses of the workbench and moving between them without loading the page anew. */
export type Route =
  | { page: 'notebooks' }
  | { page: 'notebook'; id: string }
  | { page: 'editions'; id: string }
  | { page: 'conversation'; client: string; conversation: string }
  | { page: 'data'; part: DataPart }
  | { page: 'catalogue'; part: CataloguePart }
  | { page: 'links' }
  | { page: 'account'; part: AccountPart }
  | { page: 'join' }
  | { page: 'missing' }

export type CataloguePart = 'themes' | 'proposals' | 'log' | 'personas'

export type AccountPart = 'own' | 'users' | 'audit'

export type DataPart = 'overview' | 'imports' | 'rejects' | 'pages' | 'schema' | 'erase'
const dataParts: readonly string[] = ['imports', 'rejects', 'pages', 'schema', 'erase']

/** Which page an address path shows. Never throws: what can't be decoded is `missing`. */
export function matchRoute(path: string): Route {
  let parts: string[]
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return { page: 'missing' }
  }
  const [first, second, third] = parts
  if (parts.length === 0) return { page: 'notebooks' }
  if (first === 'notebooks' && second !== undefined && parts.length === 2)
    return { page: 'notebook', id: second }
  if (first === 'notebooks' && second !== undefined && third === 'editions' && parts.length === 3)
    return { page: 'editions', id: second }
  if (first === 'conversations' && second !== undefined && third !== undefined && parts.length === 3)
    return { page: 'conversation', client: second, conversation: third }
  if (first === 'links' && parts.length === 1) return { page: 'links' }
  if (first === 'join' && parts.length === 1) return { page: 'join' }
  if (first === 'account' && second === undefined) return { page: 'account', part: 'own' }
  if (first === 'account' && (second === 'users' || second === 'audit') && parts.length === 2)
    return { page: 'account', part: second }
  if (first === 'data' && second === undefined) return { page: 'data', part: 'overview' }
  if (first === 'data' && parts.length === 2 && dataParts.includes(second!))
    return { page: 'data', part: second as DataPart }
  if (first === 'catalogue' && second === undefined) return { page: 'catalogue', part: 'themes' }
  const inner = second === 'log' || second === 'proposals' || second === 'personas'
  if (first === 'catalogue' && inner && parts.length === 2) return { page: 'catalogue', part: second }
  return { page: 'missing' }
}

/** Asked before each move; one that returns true has dealt with the link itself (a quote opened in the side panel). */
type Interceptor = (url: URL) => boolean
const interceptors = new Set<Interceptor>()

/** Lets a page deal with some links itself; returns how to stop it. */
export function interceptLinks(interceptor: Interceptor): () => void {
  interceptors.add(interceptor)
  return () => interceptors.delete(interceptor)
}

/** Goes to an address of the workbench; `replace` keeps the browser's history as long as it was. */
export function navigate(address: string, options: { replace?: boolean } = {}): void {
  const url = new URL(address, location.href)
  if (url.href === location.href) return
  history[options.replace ? 'replaceState' : 'pushState'](null, '', url)
  dispatchEvent(new PopStateEvent('popstate'))
}

/**
 * Turns plain clicks on links of the workbench into moves; a click with a key held, on a download or on another site is
 * the browser's. Returns how to stop it.
 */
export function followLinks(): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event
      .composedPath()
      .find(
        (target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement && target.href !== '',
      )
    if (link === undefined || link.target !== '' || link.hasAttribute('download')) return
    const url = new URL(link.href)
    if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return
    if (url.pathname === location.pathname && url.hash !== '' && !url.hash.startsWith('#/')) return
    event.preventDefault()
    for (const interceptor of interceptors) if (interceptor(url)) return
    navigate(url.href)
  }
  document.addEventListener('click', onClick)
  return () => document.removeEventListener('click', onClick)
}
