/** Counters for Prometheus, in its text format (version 0.0.4). */
export type Labels = Record<string, string>

export interface Telemetry {
  /** Raises a counter. */
  count(name: CounterName, labels?: Labels, by?: number): void
  /** Adds a duration in seconds to a histogram. */
  observe(name: HistogramName, seconds: number): void
  /** The page that Prometheus reads; `gauges` are read now. */
  render(gauges: Record<GaugeName, number>): string
}

const COUNTERS = {
  verbatim_http_requests_total: 'Requests answered, by method and status.',
  verbatim_runs_total: 'Notebook runs ended, by outcome.',
  verbatim_cells_total: 'Cells of runs, by state.',
  verbatim_imports_total: 'Files imported, by outcome.',
  verbatim_import_rows_total: 'Rows of files imported, by what became of them.',
} as const
const HISTOGRAMS = {
  verbatim_run_seconds: 'How long notebook runs took.',
} as const
const GAUGES = {
  verbatim_cache_hits: 'Cell results found in the cache since the start.',
  verbatim_cache_misses: 'Cell results not found in the cache since the start.',
  verbatim_jobs_open: 'Jobs that wait or run.',
  process_resident_memory_bytes: 'Resident memory.',
  process_uptime_seconds: 'Seconds since the start.',
} as const
export type CounterName = keyof typeof COUNTERS
export type HistogramName = keyof typeof HISTOGRAMS
export type GaugeName = keyof typeof GAUGES

/** Upper bounds in seconds. */
const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createTelemetry(): Telemetry {
  const counters = new Map<CounterName, Map<string, number>>()
  const histograms = new Map<HistogramName, { buckets: number[]; sum: number; count: number }>()
  return {
    count: (name, labels = {}, by = 1) => {
      const series = counters.get(name) ?? new Map<string, number>()
      counters.set(name, series)
      const key = formatLabels(labels)
      series.set(key, (series.get(key) ?? 0) + by)
    },
    observe: (name, seconds) => {
      const known = histograms.get(name) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      histograms.set(name, known)
      for (const [i, bound] of BUCKETS.entries()) if (seconds <= bound) known.buckets[i]!++
      known.sum += seconds
      known.count++
    },
    render: gauges => {
      const lines: string[] = []
      const head = (name: string, help: string, type: string) =>
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
      for (const [name, help] of Object.entries(COUNTERS)) {
        head(name, help, 'counter')
        for (const [labels, value] of counters.get(name as CounterName) ?? [])
          lines.push(`${name}${labels} ${value}`)
      }
      for (const [name, help] of Object.entries(HISTOGRAMS)) {
        head(name, help, 'histogram')
        const known = histograms.get(name as HistogramName)
        for (const [i, bound] of BUCKETS.entries())
          lines.push(`${name}_bucket{le="${bound}"} ${known?.buckets[i] ?? 0}`)
        lines.push(`${name}_bucket{le="+Inf"} ${known?.count ?? 0}`)
        lines.push(`${name}_sum ${known?.sum ?? 0}`, `${name}_count ${known?.count ?? 0}`)
      }
      for (const [name, help] of Object.entries(GAUGES)) {
        head(name, help, 'gauge')
        lines.push(`${name} ${gauges[name as GaugeName]}`)
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function formatLabels(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  )
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}
