/** A quote's conversation beside the page that it stands on: the page's own address with the conversation's in its hash. */
import { matchRoute, navigate } from './router.ts'

/** From this width on there is room beside the page; below it a conversation is a page of its own. */
const PANEL_WIDTH = '(min-width: 48rem)'

/** Opens a conversation's address beside the page; false when it is no conversation's, or there is no room. */
export function openBeside(url: URL, { instead }: { instead: boolean }): boolean {
  if (matchRoute(url.pathname).page !== 'conversation' || !matchMedia(PANEL_WIDTH).matches) return false
  const address = new URL(location.href)
  address.hash = `${url.pathname}${url.search}`
  // One that was open gives way: Back leads to the page, not through every quote.
  navigate(address.href, { replace: instead })
  return true
}
