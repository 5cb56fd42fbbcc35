import { describe, expect, it } from 'vitest'
import { freshServices } from '../support/service.ts'

describe('a report as a file', () => {
  const open = freshServices()

  it('is one page with the inputs of its address, or Markdown', async () => {
    const { get } = await open()
    const query = 'period=2026-03-01..2026-03-31&unknown=1'
    const page = await get(`/api/notebooks/03-questions/report.html?${query}`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''03-questions-2026-06-28.html",
    )
    const html = await page.text()
    expect(html).toMatch(/^<!doctype html>/i)
    expect(html.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain('31 мар 2026')
    expect(html).not.toMatch(/<script|src="http|href="http/)

    const text = await get(`/api/notebooks/03-questions/report.md?${query}`)
    expect(text.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(await text.text()).toMatch(/^# Вопросы клиентов\n/)
  })

  it('refuses what can’t be an input, and a notebook that is not there', async () => {
    const { get } = await open()
    const refused = await get('/api/notebooks/03-questions/report.html?period=yesterday')
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ error: { code: 'bad_input', details: { input: 'period' } } })
    expect((await get('/api/notebooks/nothing/report.html')).status).toBe(404)
  })
})
