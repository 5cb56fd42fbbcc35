import { expect, it } from 'vitest'
import { createTelemetry } from '../../server/api/telemetry.ts'

const readings = {
  verbatim_cache_hits_total: 3,
  verbatim_cache_misses_total: 4,
  verbatim_jobs_open: 0,
  process_resident_memory_bytes: 1,
  process_uptime_seconds: 2,
}

it('telemetry is written as Prometheus reads it', () => {
  const telemetry = createTelemetry()
  telemetry.count('verbatim_runs_total', { ok: 'true' })
  telemetry.count('verbatim_runs_total', { ok: 'true' })
  telemetry.count('verbatim_runs_total', { ok: 'fal"se\\\n' })
  for (const seconds of [0.005, 0.3, 100]) telemetry.observe('verbatim_run_seconds', seconds)
  const lines = telemetry.render(readings).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE verbatim_runs_total counter',
      'verbatim_runs_total{ok="true"} 2',
      'verbatim_runs_total{ok="fal\\"se\\\\\\n"} 1',
      '# TYPE verbatim_run_seconds histogram',
      'verbatim_run_seconds_bucket{le="0.01"} 1',
      'verbatim_run_seconds_bucket{le="0.5"} 2',
      'verbatim_run_seconds_bucket{le="30"} 2',
      'verbatim_run_seconds_bucket{le="+Inf"} 3',
      'verbatim_run_seconds_count 3',
      'verbatim_cache_hits_total 3',
      '# TYPE verbatim_jobs_open gauge',
    ]),
  )
  // Every line is a comment or a name, perhaps labels, and a number.
  for (const line of lines.slice(0, -1))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) |[a-z_]+(?:\{.*\})? [\d.]+$)/)
})
