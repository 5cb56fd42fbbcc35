/** Layers of a dot with its interval and a text behind it, one a row: `low` and `high` are its ends, `text` what is written. */
export interface IntervalStyle {
  /** The field of the dot. */
  value: string
  axis: string
  /** Encodings of opacity and colour, the same for the dot and its interval. */
  opacity: Record<string, unknown>
  color: Record<string, unknown>
}

/** `layer` of a Vega-Lite spec whose values are shares. */
export function intervalLayers({ value, axis, opacity, color }: IntervalStyle): Record<string, unknown>[] {
  return [
    {
      mark: { type: 'rule', strokeWidth: 2 },
      encoding: {
        x: { field: 'low', type: 'quantitative', axis: { title: axis, format: 'percent' } },
        x2: { field: 'high' },
        opacity,
        color,
      },
    },
    {
      mark: { type: 'point', filled: true, size: 90 },
      encoding: { x: { field: value, type: 'quantitative' }, opacity, color },
    },
    {
      mark: { type: 'text', align: 'left', dx: 10 },
      encoding: { x: { field: 'high', type: 'quantitative' }, text: { field: 'text' } },
    },
  ]
}
