/**
 * `<vb-chart>`: a live chart. Keeps its place before it is drawn, loads Vega when it comes near the window, is drawn anew
 * for another width, theme or spec, and lets go of everything when it leaves. An SVG that the server put inside stays
 * until the live chart is ready.
 *
 * Properties: `spec` (a chart output's Vega-Lite spec), `language`, `currency`. Light DOM; its look is in outputs.css.
 */
import type { Result } from 'vega-embed'
import type { Language } from '../../server/api/contract.ts'
import { type ChartLook, estimateHeight, themeChart } from './chart-theme.ts'
import { wordsOf } from './words.ts'

/** More marks than this are drawn on a canvas, which does not slow the page down. */
const MANY_ROWS = 4000

export class VbChart extends HTMLElement {
  private ownSpec: Record<string, unknown> | null = null
  private result: Result | null = null
  private near = false
  private drawnWidth = 0
  private turn = 0
  private waiting = 0
  private readonly observers: { disconnect(): void }[] = []
  language: Language = 'ru'
  currency = 'RUB'

  get spec(): Record<string, unknown> | null {
    return this.ownSpec
  }

  set spec(spec: Record<string, unknown> | null) {
    if (spec === this.ownSpec) return
    this.ownSpec = spec
    this.drawSoon()
  }

  connectedCallback() {
    const seen = new IntersectionObserver(
      entries => {
        if (!entries.some(entry => entry.isIntersecting)) return
        seen.disconnect()
        this.near = true
        this.drawSoon()
      },
      { rootMargin: '600px' },
    )
    seen.observe(this)
    const sized = new ResizeObserver(() => {
      if (Math.abs(this.clientWidth - this.drawnWidth) > 2) this.drawSoon()
    })
    sized.observe(this)
    const themed = new MutationObserver(() => this.drawSoon())
    themed.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] })
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const turned = () => this.drawSoon()
    scheme.addEventListener('change', turned)
    this.observers.push(seen, sized, themed, {
      disconnect: () => scheme.removeEventListener('change', turned),
    })
    this.keepPlace()
  }

  disconnectedCallback() {
    for (const observer of this.observers.splice(0)) observer.disconnect()
    this.turn++
    this.near = false
    this.result?.finalize()
    this.result = null
    this.drawnWidth = 0
  }

  /** Changes of one moment are drawn once. */
  private drawSoon() {
    if (!this.isConnected || this.waiting) return
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0
      this.keepPlace()
      if (this.near) void this.draw()
    })
  }

  private look(colours: ChartLook['colours'] = token => token): ChartLook {
    return { width: this.clientWidth, language: this.language, currency: this.currency, colours }
  }

  /** No jump when the chart arrives: the height it will have, until it has it. */
  private keepPlace() {
    if (this.result || !this.ownSpec || this.clientWidth === 0 || this.querySelector('svg')) return
    this.style.minHeight = `${Math.round(estimateHeight(this.ownSpec, this.look()))}px`
  }

  private async draw() {
    const spec = this.ownSpec
    if (!spec || this.clientWidth === 0) return
    const turn = ++this.turn
    this.drawnWidth = this.clientWidth
    try {
      const [{ default: embed, vega }, { closedLoader, fitChart, teachVega }] = await Promise.all([
        import('vega-embed'),
        import('./chart-vega.ts'),
      ])
      if (turn !== this.turn) return
      teachVega(vega)
      const themed = themeChart(spec, this.look(this.readColours()))
      const rows = (themed.data as { values: unknown[] }).values.length
      const place = document.createElement('div')
      place.className = 'vb-chart__place'
      const result = await embed(place, themed as never, {
        mode: 'vega-lite',
        actions: false,
        ast: true,
        // Vega-Lite warns of every step that it settles by itself; the console is for faults.
        logLevel: vega.Error,
        defaultStyle: false,
        renderer: rows > MANY_ROWS ? 'canvas' : 'svg',
        loader: closedLoader(vega),
        tooltip: { disableDefaultStyle: true, theme: 'verbatim' },
      })
      await fitChart(result.view)
      if (turn !== this.turn) return result.finalize()
      this.result?.finalize()
      this.result = result
      this.replaceChildren(place)
      this.style.minHeight = ''
    } catch (error) {
      if (turn === this.turn) this.fail(error)
    }
  }

  private fail(error: unknown) {
    this.style.minHeight = ''
    console.warn('A chart could not be drawn', error)
    // A drawing from the server is better than an apology.
    if (this.querySelector('svg')) return
    const { chart } = wordsOf(this.language)
    const note = document.createElement('p')
    note.className = 'vb-note'
    note.textContent = `${chart.failed}. ${chart.seeTable} (${error instanceof Error ? error.message : String(error)})`
    this.replaceChildren(note)
  }

  /** Tokens as the colours that they have on this element now. The probe goes when the spec has been shaped. */
  private readColours(): (token: string) => string {
    const probe = document.createElement('span')
    probe.hidden = true
    this.append(probe)
    queueMicrotask(() => probe.remove())
    return token => {
      probe.style.color = `var(--${token})`
      return getComputedStyle(probe).color
    }
  }
}

customElements.define('vb-chart', VbChart)
