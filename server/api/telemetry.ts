/** Counters for Prometheus, in its text format (version 0.0.4). */
export type Labels = Record<string, string>

export interface Telemetry {
  /** Raises a counter. */
  count(name: CounterName, labels?: Labels, by?: number): void
  /** Adds a duration in seconds to a histogram. */
  observe(name: HistogramName, seconds: number): void
  /** The page that Prometheus reads; `readings` are taken now. */
  render(readings: Record<ReadingName, number>): string
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
/** What others count, or what is only so at the moment. */
const READINGS = {
  verbatim_cache_hits_total: ['counter', 'Cell results found in the cache.'],
  verbatim_cache_misses_total: ['counter', 'Cell results not found in the cache.'],
  verbatim_jobs_open: ['gauge', 'Jobs that wait or run.'],
  process_resident_memory_bytes: ['gauge', 'Resident memory.'],
  process_uptime_seconds: ['gauge', 'Seconds since the start.'],
} as const
export type CounterName = keyof typeof COUNTERS
export type HistogramName = keyof typeof HISTOGRAMS
export type ReadingName = keyof typeof READINGS

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
    render: readings => {
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
      for (const [name, [type, help]] of Object.entries(READINGS)) {
        head(name, help, type)
        lines.push(`${name} ${readings[name as ReadingName]}`)
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
