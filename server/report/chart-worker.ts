/** Draws charts in a thread of its own, so that a spec without end stops itself and not the server. */
import { parentPort } from 'node:worker_threads'
import * as vega from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile, type TopLevelSpec } from 'vega-lite'
import { type ChartLook, themeChart } from '../../web/outputs/chart-theme.ts'
import { closedLoader, fitChart, teachVega } from '../../web/outputs/chart-vega.ts'
import type { Language } from '../lib/locale.ts'
import { slimSvg, svgColours } from './slim-svg.ts'

export interface DrawRequest {
  id: number
  spec: Record<string, unknown>
  width: number
  language: Language
  currency: string
  className: string
}
export type DrawReply = { id: number } & ({ svg: string } | { error: string })

const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
}

async function draw({ id, spec, width, language, currency, className }: DrawRequest): Promise<string> {
  const look: ChartLook = { width, language, currency, colours: svgColours }
  const compiled = compile(themeChart(spec, look) as unknown as TopLevelSpec, { logger: silent as never })
  const runtime = vega.parse(compiled.spec, undefined, { ast: true })
  const view = new vega.View(runtime, {
    renderer: 'none',
    loader: closedLoader(vega),
    logger: silent as never,
    expr: expressionInterpreter,
  } as never)
  try {
    await fitChart(view)
    return slimSvg(await view.toSVG(), `c${id}`, className)
  } finally {
    view.finalize()
  }
}

teachVega(vega)
parentPort!.on('message', (request: DrawRequest) => {
  draw(request).then(
    svg => parentPort!.postMessage({ id: request.id, svg } satisfies DrawReply),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      parentPort!.postMessage({ id: request.id, error: message } satisfies DrawReply)
    },
  )
})
