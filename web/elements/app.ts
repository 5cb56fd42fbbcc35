/** <vb-app>: the shell. Rail (a bottom bar on phones), the page that the address names, its title. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { onPreferences, preferences, setPreferences } from '../state/preferences.ts'
import { followLinks, matchRoute, type Route } from '../state/router.ts'
import { isOutside, loadSession, onSession, session } from '../state/session.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { lookSwitches } from './look-switches.ts'
import { emptyNote, errorNote, loadingNote } from './message.ts'

/** Each page is loaded when it is first opened. */
const loaders: Record<Route['page'], () => Promise<unknown>> = {
  notebooks: () => import('./notebooks-page.ts'),
  notebook: () => import('./notebook-page.ts'),
  editions: () => import('./editions-page.ts'),
  conversation: () => import('./conversation-page.ts'),
  data: () => import('./data-page.ts'),
  catalogue: () => import('./catalogue-page.ts'),
  links: () => import('./share-page.ts'),
  account: () => import('./account-page.ts'),
  join: () => import('./join-page.ts'),
  missing: async () => undefined,
}

export class App extends WorkbenchElement {
  static override properties = {
    route: { state: true },
    ready: { state: true },
    failure: { state: true },
  }
  declare route: Route
  /** The page whose code is here; until then the last one stays. */
  declare ready: Route | null
  declare failure: unknown
  #stops: (() => void)[] = []

  constructor() {
    super()
    this.route = matchRoute(location.pathname)
    this.ready = null
    this.failure = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const onMove = () => this.#open(matchRoute(location.pathname))
    addEventListener('popstate', onMove)
    this.#stops = [
      followLinks(),
      onPreferences(() => this.#name()),
      onSession(() => this.#meet()),
      () => removeEventListener('popstate', onMove),
    ]
    this.#open(this.route)
    void this.#enter()
  }

  /** Who is there is asked while the page's code is fetched; until it is known nothing is shown. */
  async #enter(): Promise<void> {
    try {
      await loadSession()
    } catch (error) {
      this.failure = error
    }
  }

  async #meet(): Promise<void> {
    if (isOutside()) await import('./login-page.ts')
    this.#name()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    for (const stop of this.#stops) stop()
    super.disconnectedCallback()
  }

  async #open(route: Route): Promise<void> {
    const before = this.ready
    this.route = route
    if (JSON.stringify(before) === JSON.stringify(route)) return
    try {
      await loaders[route.page]()
    } catch (error) {
      this.failure = error
      return
    }
    // A later click may have overtaken this one.
    if (this.route !== route) return
    this.failure = null
    this.ready = route
    this.#name()
    if (before === null) return
    await this.updateComplete
    if (before.page !== route.page || before.page !== 'data') scrollTo(0, 0)
    this.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }

  /** A page with a name of its own (a notebook) says it later by `vb-title`. */
  #name(): void {
    if (isOutside() && this.route.page !== 'join') {
      document.title = `${this.text.shell.login} · Verbatim`
      return
    }
    const { notebooks, data, conversation, catalogue } = this.text
    const names = {
      notebooks: notebooks.title,
      notebook: null,
      editions: null,
      conversation: conversation.title,
      data: data.title,
      catalogue: catalogue.title,
      links: this.text.shares.title,
      account: this.text.shell.account,
      join: this.text.shell.login,
      missing: this.text.shell.missing,
    }
    const name = names[this.route.page]
    if (name !== null) document.title = `${name} · Verbatim`
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.classList.toggle('rail-folded', preferences().railFolded)
  }

  protected override render(): TemplateResult {
    const { shell } = this.text
    const known = session()
    if (known === null)
      return html`<main class="outside">
        ${this.failure === null ? nothing : errorNote(this.failure, this.text, () => location.reload())}
      </main>`
    if (this.ready?.page === 'join') return html`<main class="outside"><vb-join-page></vb-join-page></main>`
    if (isOutside()) return html`<main class="outside"><vb-login-page></vb-login-page></main>`
    return html`
      <a class="skip-link" href="#content">${shell.skip}</a>
      ${this.#rail()}
      <main id="content" tabindex="-1" @vb-title=${(event: CustomEvent<string>) => {
        document.title = `${event.detail} · Verbatim`
      }}>${this.#page()}</main>
    `
  }

  #rail(): TemplateResult {
    const { shell } = this.text
    const folded = preferences().railFolded
    const link = (
      href: string,
      name: 'reports' | 'themes' | 'data' | 'share' | 'account',
      words: string,
      here: boolean,
    ) =>
      html`<a class="rail-link" href=${href} aria-current=${here ? 'page' : nothing}
        >${icon(name)}<span>${words}</span></a
      >`
    const { page } = this.route
    return html`<header class="rail">
      <a class="brand" href="/" aria-label="Verbatim">${brandMark}<span aria-hidden="true">Verbatim</span></a>
      <nav aria-label=${shell.navigation}>
        ${link('/', 'reports', shell.notebooks, page === 'notebooks' || page === 'notebook' || page === 'editions')}
        ${link('/catalogue', 'themes', this.text.catalogue.short, page === 'catalogue')}
        ${link('/data', 'data', shell.data, page === 'data')}
        ${link('/links', 'share', this.text.shares.title, page === 'links')}
        ${session()?.user == null ? nothing : link('/account', 'account', shell.profile, page === 'account')}
      </nav>
      <div class="rail-foot">
        <div class="rail-switches">${lookSwitches('rail', this.text)}</div>
        <button type="button" class="rail-link rail-look" popovertarget="look-menu">
          ${icon('look')}<span>${shell.look}</span>
        </button>
        <div id="look-menu" class="menu look-menu" popover>${lookSwitches('menu', this.text)}</div>
        <button
          type="button"
          class="rail-link rail-fold"
          aria-expanded=${String(!folded)}
          @click=${() => setPreferences({ railFolded: !folded })}
        >
          ${icon(folded ? 'unfold' : 'fold')}<span>${folded ? shell.unfold : shell.fold}</span>
        </button>
      </div>
    </header>`
  }

  #page(): unknown {
    if (this.failure !== null) return errorNote(this.failure, this.text, () => location.reload())
    const route = this.ready
    if (route === null) return loadingNote(this.text)
    switch (route.page) {
      case 'notebooks':
        return html`<vb-notebooks-page></vb-notebooks-page>`
      case 'notebook':
        return html`<vb-notebook-page .notebookId=${route.id}></vb-notebook-page>`
      case 'editions':
        return html`<vb-editions-page .notebookId=${route.id}></vb-editions-page>`
      case 'conversation':
        return html`<vb-conversation-page
          .client=${route.client}
          .conversation=${route.conversation}
        ></vb-conversation-page>`
      case 'data':
        return html`<vb-data-page .section=${route.part}></vb-data-page>`
      case 'catalogue':
        return html`<vb-catalogue-page .section=${route.part}></vb-catalogue-page>`
      case 'links':
        return html`<vb-share-page></vb-share-page>`
      case 'account':
        return session()?.user == null
          ? this.#missing()
          : html`<vb-account-page .section=${route.part}></vb-account-page>`
      case 'join':
        return nothing
      case 'missing':
        return this.#missing()
    }
  }

  #missing(): TemplateResult {
    const { shell } = this.text
    return html`<div class="page">
      <h1 class="visually-hidden">${shell.missing}</h1>
      ${emptyNote(shell.missing, shell.missingHint, html`<a class="button" href="/">${shell.toNotebooks}</a>`)}
    </div>`
  }
}

const brandMark = html`<svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
  <path d="M6 7h8v9c0 5-2.600 7.700-6.500 9v-3.800c2-.8 3.100-2.200 3.200-4.200H6zm12 0h8v9c0 5-2.600 7.700-6.500 9v-3.800c2-.8 3.100-2.200 3.200-4.200H18z" />
</svg>`

define('vb-app', App)
