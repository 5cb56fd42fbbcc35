/** Every type of output as the browser draws it live, and nothing else: for tests of the elements. */
import { html, render } from 'lit'
import type { Output } from '../../../server/api/contract.ts'
import { browserContext } from '../../../web/outputs/browser-context.ts'
import { renderResult } from '../../../web/outputs/render-output.ts'
import { sampleRun } from '../../report/sample-run.ts'

const long: Output = {
  type: 'table',
  title: 'Длинная',
  folded: false,
  table: {
    columns: [
      { name: 'name', label: 'Имя', format: 'text' },
      { name: 'size', label: 'Размер', format: 'integer' },
    ],
    rows: Array.from({ length: 1300 }, (_, i) => [`строка ${i}`, (i * 7919) % 1301]),
    truncated: false,
  },
}
const place = document.getElementById('results')!
const context = browserContext({ language: 'ru', currency: 'RUB' })
const results = [...sampleRun().run.outcomes].flatMap(([id, outcome]) =>
  'result' in outcome ? [{ id, outputs: outcome.result.outputs }] : [],
)

/** Shows all results, or only those named. */
function show(ids: readonly string[] | null): void {
  const shown = [...results, { id: 'long', outputs: [long] }].filter(
    ({ id }) => ids === null || ids.includes(id),
  )
  render(
    shown.map(({ id, outputs }) => html`<div id=${id}>${renderResult(outputs, context)}</div>`),
    place,
  )
}

Object.assign(window, { show })
show(null)
