/** Axes, titles and rules that say only what they must. */
import { asNode, channelsOf, isDiscrete, markOf, type Node, unitsOf, type View } from './chart-spec.ts'

/** Where bars carry their numbers, the axis of numbers says nothing more: only its title stays, above. */
export function dropSpokenAxis(view: View): void {
  const units = unitsOf(view.node)
  const marks = units.map(markOf)
  if (!marks.includes('bar') || !marks.includes('text')) return
  const texts = units.filter(unit => markOf(unit) === 'text')
  if (!texts.some(unit => asNode(asNode(unit.encoding)?.text) || asNode(view.node.encoding)?.text)) return
  for (const [channel, orient] of [
    ['x', 'top'],
    ['y', 'left'],
  ] as const) {
    const crossed = channelsOf(view.node, channel === 'x' ? 'y' : 'x').some(isDiscrete)
    if (!crossed) continue
    for (const node of channelsOf(view.node, channel)) {
      if (isDiscrete(node) || node.axis === null) continue
      const title = asNode(node.axis)?.title ?? node.title ?? null
      node.axis =
        title === null
          ? null
          : {
              title,
              orient,
              labels: false,
              grid: false,
              ticks: false,
              domain: false,
              titleAnchor: 'start',
              titleAlign: 'left',
              titlePadding: 6,
            }
    }
  }
}

/** Whether a unit marks an interval: a rule from one end to the other. */
export function isInterval(unit: Node): boolean {
  const encoding = asNode(unit.encoding)
  return markOf(unit) === 'rule' && encoding !== null && ('x2' in encoding || 'y2' in encoding)
}

/** Rules that are no intervals are lines to compare with: quiet and dashed. */
export function quietRules(view: View, muted: string): void {
  for (const unit of unitsOf(view.node)) {
    if (markOf(unit) !== 'rule' || isInterval(unit)) continue
    const shared = asNode(view.node.encoding)
    if (shared && ('x2' in shared || 'y2' in shared)) continue
    unit.mark = { color: muted, strokeDash: [3, 3], ...(asNode(unit.mark) ?? { type: 'rule' }) }
  }
}

const GUIDES: Record<string, 'axis' | 'legend'> = {
  x: 'axis',
  y: 'axis',
  color: 'legend',
  fill: 'legend',
  stroke: 'legend',
  size: 'legend',
  opacity: 'legend',
  shape: 'legend',
}

/** Titles that nobody wrote would be names of columns: a reader gets none. A written one serves all layers and tooltips. */
export function dropBareTitles(view: View): void {
  for (const [name, guide] of Object.entries(GUIDES)) {
    const channels = channelsOf(view.node, name)
    const title = channels.map(channel => channel.title ?? asNode(channel[guide])?.title).find(text => text)
    for (const channel of channels) {
      if (channel[guide] === null || !('field' in channel || 'aggregate' in channel)) continue
      channel.title = title ?? null
      const own = asNode(channel[guide])
      if (own) delete own.title
    }
  }
}

/** Amounts in colour are mixed in plain RGB, where a mixed colour tells how far along it is (see report/slim-svg.ts). */
export function mixPlainly(view: View): void {
  for (const name of ['color', 'fill', 'stroke']) {
    for (const channel of channelsOf(view.node, name)) {
      if (channel.type !== 'quantitative' || channel.scale === null) continue
      channel.scale = { interpolate: 'rgb', ...asNode(channel.scale) }
    }
  }
}
