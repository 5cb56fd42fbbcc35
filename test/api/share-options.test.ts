/** What a link lets its reader do: take files, choose inputs, or neither; and the page as a recipient sees it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { EditionRecord, ShareCreate, ShareMade } from '../../server/api/contract.ts'
import { perform } from '../../server/jobs/task.ts'
import { sql } from '../../server/store/sql.ts'
import { type Client, freshServices } from '../support/service.ts'

const NOTEBOOK = `---
title: Сделки
inputs:
  period: { type: period, default: all, label: Период }
  manager: { type: select, label: Менеджер, multiple: true, options: sql, query: select distinct manager from deals order by 1 }
  word: { type: text, label: Слово, default: x }
---
\`\`\`sql all
select count(*) as n from deals where day between :period.from and :period.to [[and manager in (:manager)]]
\`\`\`

Всего **{{ all.n }}** сделок.

\`\`\`sql by_month
select month, count(*) as n from deals where day between :period.from and :period.to group by month order by month
\`\`\`

\`\`\`chart course
title: По месяцам
data: by_month
mark: bar
encoding:
  x: { field: month, type: ordinal }
  y: { field: n, type: quantitative }
\`\`\`
`

describe('what a link lets its reader do', () => {
  const open = freshServices()

  async function start(): Promise<Client> {
    const service = await open({ perform })
    await mkdir(join(service.dataDir, 'notebooks'), { recursive: true })
    await writeFile(join(service.dataDir, 'notebooks', 'deals.md'), NOTEBOOK)
    return service
  }
  async function share(service: Client, more: Partial<ShareCreate> = {}): Promise<ShareMade> {
    const response = await service.send('POST', '/api/shares', { notebook: 'deals', ...more })
    expect(response.status).toBe(201)
    return (await response.json()) as ShareMade
  }
  const read = async (service: Client, path: string) => (await service.get(path)).text()

  it('takes files of a frozen report without a query, when its author lets readers', async () => {
    const service = await start()
    const closed = await share(service)
    expect(closed.share).toMatchObject({ downloads: false, readerInputs: 'locked' })
    expect(await read(service, closed.path)).not.toMatch(/<nav|file=/)
    for (const file of ['report.md', 'chart-1.svg', '../x', 'report.exe', 'toString'])
      expect((await service.get(`${closed.path}?file=${encodeURIComponent(file)}`)).status).toBe(404)

    const { path } = await share(service, { downloads: true })
    const page = await read(service, path)
    expect(page).toContain('<a href="?file=report.pdf" download>PDF</a>')
    expect(page).toContain('<a href="?file=chart-1.svg" download aria-label="По месяцам: SVG">SVG</a>')
    await service.parts.database.transaction(connection =>
      connection.run(sql`delete from deals where client_id = 'crm:000'`),
    )
    const get = (file: string) => service.get(`${path}?file=${file}`)
    const markdown = await get('report.md')
    expect(await markdown.text()).toContain('Всего **48** сделок')
    expect(Object.fromEntries(markdown.headers)).toMatchObject({
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': "attachment; filename*=UTF-8''2026-06-28%20report.md",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-robots-tag': 'noindex, nofollow, noarchive',
    })
    const tables = unzipSync(new Uint8Array(await (await get('tables.zip')).arrayBuffer()))
    expect(Object.keys(tables).length).toBeGreaterThan(0)
    expect((await (await get('report.xlsx')).arrayBuffer()).byteLength).toBeGreaterThan(1000)
    expect(await (await get('report.html')).text()).toContain('Всего <strong>48</strong> сделок')
    const spec = (await (await get('chart-1.json')).json()) as Record<string, unknown>
    expect(spec).toMatchObject({
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: 'По месяцам',
      mark: 'bar',
    })
    const svg = await (await get('chart-1.svg')).text()
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+"/)
    expect(svg).toContain('<title>По месяцам</title>')
    expect(svg).not.toMatch(/var\(|color-mix|class=|<script|href/)
    expect((await get('chart-2.svg')).status).toBe(404)
  })

  it('takes files of an edition and of a live report, too', async () => {
    const service = await start()
    const made = await service.send('POST', '/api/editions', { notebook: 'deals' })
    const { id } = (await made.json()) as EditionRecord
    const link = await service.send('POST', `/api/editions/${id}/share`, { downloads: true })
    const { path } = (await link.json()) as ShareMade
    expect(await read(service, path)).toContain('?file=report.xlsx')
    expect(await read(service, `${path}?file=report.html`)).toContain('Выпуск 1')
    const live = await share(service, { mode: 'live', downloads: true })
    expect(await read(service, `${live.path}?file=report.md`)).toContain('Всего **48** сделок')
  })

  it('hides the filters', async () => {
    const service = await start()
    expect(await read(service, (await share(service)).path)).toContain('<dt>Период</dt>')
    const { path } = await share(service, { readerInputs: 'hidden' })
    expect(await read(service, path)).not.toMatch(/Период|Менеджер/)
  })

  it('changes filters of a live report by a plain form, within declared choices, without a name in it', async () => {
    const service = await start()
    const refused = await service.send('POST', '/api/shares', { notebook: 'deals', readerInputs: 'open' })
    expect(refused.status).toBe(422)
    const { path } = await share(service, { mode: 'live', readerInputs: 'open' })
    const page = await read(service, path)
    expect(page).toContain('<form class="vb-report__choices vb-reader" method="get"')
    expect(page).toContain("form-action 'self'")
    expect(page).toContain('<dt>Слово</dt>')
    // Managers are known by number; what the form sends says no more.
    expect(page).toContain('Менеджер 1')
    expect(page).not.toMatch(/Анна|Игорь/)
    const [anna, igor] = [...page.matchAll(/name="manager" value="([\da-f]{12})"/g)].map(found => found[1]!)
    expect(page).toContain('Всего <strong>48</strong>')
    const total = async (query: string) =>
      Number(/Всего <strong>(\d+)<\/strong>/.exec(await read(service, `${path}?${query}`))![1])
    expect(await total(`sent=1&period=all&manager=${anna}`)).toBe(24)
    expect(await total(`sent=1&period=all&manager=${anna}&manager=${igor}`)).toBe(48)
    expect(await total('sent=1&period=last+30+days')).toBeLessThan(20)
    const chosen = await read(service, `${path}?sent=1&period=all&manager=${igor}`)
    expect(chosen).toMatch(new RegExp(`value="${igor}" checked`))
    // What nobody declared is as the link has it.
    for (const odd of [
      'manager=Анна',
      `manager=${anna}`,
      'sent=1&period=2026-01-01..2026-01-02',
      'sent=1&word=y',
    ])
      expect(await total(odd)).toBe(48)
    const locked = await share(service, { mode: 'live' })
    expect(await read(service, `${locked.path}?sent=1&period=last+30+days`)).toContain('<strong>48</strong>')
  })

  it('is seen beforehand by its author', async () => {
    const service = await start()
    const response = await service.get('/api/notebooks/deals/as-reader?_inputs=hidden&_downloads=1')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    const page = await response.text()
    expect(page).toContain('Личные данные скрыты')
    expect(page).not.toContain('Период')
    expect(page).toContain('?file=report.pdf')
  })

  it('leaves a chart of a block and the notebook’s own file to its author', async () => {
    const service = await start()
    const svg = await service.get('/api/notebooks/deals/charts/course/1.svg?period=all')
    expect(svg.headers.get('content-type')).toBe('image/svg+xml')
    expect(await svg.text()).toMatch(/^<svg xmlns/)
    expect((await service.get('/api/notebooks/deals/charts/all/1.svg')).status).toBe(404)
    expect(await (await service.get('/api/notebooks/deals/notebook.md')).text()).toBe(NOTEBOOK)
  })
})
