/** Reports as workbook, CSV and PDF, read back. */

import { unzipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import { parseNotebook } from '../../server/notebook/format.ts'
import type { RunResult } from '../../server/notebook/run.ts'
import { createPagePrinter } from '../../server/report/browser.ts'
import { fileNameOf, guardFormula, renderCsv } from '../../server/report/csv.ts'
import { type ExportOptions, toExportFacts } from '../../server/report/export-facts.ts'
import { renderReport } from '../../server/report/html.ts'
import { renderPdf, toPrintPage } from '../../server/report/pdf.ts'
import { toSheets } from '../../server/report/sheets.ts'
import { renderWorkbook, sheetNames } from '../../server/report/workbook.ts'
import { startBrowser } from '../support/browser.ts'
import { readPdf } from '../support/pdf-text.ts'
import { sampleRun } from './sample-run.ts'

const options: ExportOptions = {
  currency: 'RUB',
  generatedAt: '2026-04-01 09:12:00',
  dataTo: '2026-03-31',
  sources: [{ kind: 'deals', files: 2 }],
  mask: text => text.replaceAll('секрет', '[имя]'),
}

/** One table whose texts a spreadsheet would run, with a value of each format. */
function hostileRun() {
  const { notebook } = parseNotebook('---\ntitle: "=1+1"\n---\n```sql t\nselect 1\n```\n', new Set(['sql']))
  const columns = [
    { name: 'a', label: '=cmd()', format: 'text' as const },
    { name: 'd', label: 'День', format: 'day' as const },
    { name: 'm', label: 'Месяц', format: 'month' as const },
    { name: 'p', label: 'Доля', format: 'percent' as const },
    { name: 's', label: 'Сумма', format: 'money' as const },
    { name: 'l', label: 'Длительность', format: 'duration' as const },
  ]
  const texts = ['=1+1', '+7', '-2', '@sum', '\t=1', 'секрет', 'тихо', '＝1']
  const rows = texts.map((text, i) => [text, '2026-02-28', '2026-02', 0.25, i === 0 ? -1500.5 : 1200, 90])
  const table = { columns, rows, truncated: false }
  const result = { outputs: [{ type: 'table' as const, title: 'Итоги: [1/2]', table, folded: false }], table }
  const run: RunResult = {
    inputs: {},
    choices: {},
    outcomes: new Map(
      notebook.blocks.map(({ id }) => [id, { state: 'fresh' as const, result, tableHash: '' }]),
    ),
  }
  return { notebook, run, texts }
}

describe('a workbook', () => {
  it('has a cover and a sheet a table, its numbers, dates and shares typed', async () => {
    const { notebook, run } = hostileRun()
    const book = await renderWorkbook(toExportFacts(notebook, run, options))
    const sheets = await readXlsxFile(book)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['О файле', 'Итоги 1 2'])
    const [cover, table] = sheets.map(({ data }) => data)
    expect(cover!.flat()).toEqual(
      expect.arrayContaining(['=1+1', 'Фильтры', 'Источники', 'Сделки (2\u00a0файла)', 'Личные данные']),
    )
    expect(table![1]).toEqual([
      '=1+1',
      new Date('2026-02-28T00:00:00Z'),
      new Date('2026-02-01T00:00:00Z'),
      0.25,
      -1500.5,
      // A length of time counts from the day before Excel's first.
      new Date('1899-12-30T00:01:30Z'),
    ])
    expect(table!.map(row => row[0])).toContain('[имя]')
    expect(JSON.stringify(sheets)).not.toContain('секрет')
  })

  it('holds no formula, whatever the text', async () => {
    const { notebook, run } = hostileRun()
    const files = unzipSync(await renderWorkbook(toExportFacts(notebook, run, options)))
    const sheets = Object.keys(files).filter(name => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    expect(sheets.length).toBe(2)
    for (const name of sheets) expect(new TextDecoder().decode(files[name])).not.toMatch(/<f[ >]/)
  })

  it('takes metrics, findings and quotes of a whole report', async () => {
    const { notebook, run } = sampleRun()
    const sheets = await readXlsxFile(await renderWorkbook(toExportFacts(notebook, run, options)))
    expect(sheets.map(({ sheet }) => sheet)).toEqual(
      expect.arrayContaining(['О файле', 'Показатели', 'Выводы', 'Цитаты']),
    )
    for (const { sheet, data } of sheets) expect(data.length, sheet).toBeGreaterThan(1)
  })

  it('names its sheets as Excel takes them', () => {
    const names = sheetNames(["'a'", '[]:*?/\\', 'x'.repeat(40), 'X'.repeat(40), 'Тема', 'тема'])
    expect(names).toEqual(['a', 'Sheet', 'x'.repeat(31), `${'X'.repeat(29)} 2`, 'Тема', 'тема 2'])
  })
})

describe('CSV', () => {
  it('is UTF-8 with its mark, and runs nothing', () => {
    const { notebook, run } = hostileRun()
    const [sheet] = toSheets(toExportFacts(notebook, run, options))
    const lines = renderCsv(sheet!).split('\r\n')
    expect(lines[0]).toBe("\ufeff'=cmd(),День,Месяц,Доля,Сумма,Длительность")
    expect(lines[1]).toBe("'=1+1,2026-02-28,2026-02,0.25,-1500.5,90")
    expect(lines.slice(1, 9).map(line => line.split(',')[0])).toEqual([
      "'=1+1",
      "'+7",
      "'-2",
      "'@sum",
      "'\t=1",
      '[имя]',
      'тихо',
      "'＝1",
    ])
  })

  it.each(['=1', ' =1', '\r=1', '\u0000@x', '-x', '+x', '＠x'])('guards %j', text => {
    expect(guardFormula(text)).toBe(`'${text}`)
  })

  it('has a file’s name that leads nowhere', () => {
    expect(fileNameOf('../../etc/passwd')).toBe('etc passwd')
    expect(fileNameOf('..')).toBe('table')
  })
})

describe('PDF', () => {
  const printer = createPagePrinter()
  afterAll(() => printer.close())
  const page = async () => {
    const { notebook, run } = sampleRun()
    return {
      facts: toExportFacts(notebook, run, options),
      html: await renderReport(notebook, run, { ...options }),
    }
  }

  it('has a cover that no title breaks out of', () => {
    const { notebook, run } = hostileRun()
    const title = `</style><script>x</script>"; } \\`
    const facts = { ...toExportFacts(notebook, run, options), title }
    const printed = toPrintPage('<html><head></head><body></body></html>', facts)
    expect(printed).not.toMatch(/<script|<\/style><script/)
    expect(printed.match(/<\/style>/g)).toHaveLength(1)
  })

  it('fits the sheet, however many columns a table has', async () => {
    const { notebook, run } = hostileRun()
    const names = Array.from({ length: 20 }, (_, i) => `Выручка на лид ${i}`)
    const columns = names.map(name => ({ name, label: name, format: 'money' as const }))
    const table = { columns, rows: [names.map(() => 1_234_567.89)], truncated: false }
    const wide: RunResult = {
      ...run,
      outcomes: new Map(
        notebook.blocks.map(({ id }) => [
          id,
          {
            state: 'fresh',
            result: { outputs: [{ type: 'table', title: '', table, folded: false }], table },
            tableHash: '',
          },
        ]),
      ),
    }
    const html = toPrintPage(
      await renderReport(notebook, wide, options),
      toExportFacts(notebook, wide, options),
    )
    const browser = await startBrowser()
    try {
      // A4 without its margins, at 96 dots an inch.
      const sheet = await browser.newPage({ viewport: { width: 673, height: 956 } })
      await sheet.emulateMedia({ media: 'print' })
      await sheet.setContent(html)
      expect(
        await sheet.evaluate(`document.querySelector('table').getBoundingClientRect().right`),
      ).toBeLessThan(674)
    } finally {
      await browser.close()
    }
  }, 60_000)

  it('says all that the page says, behind a cover with filters, sources and masking; no page of it is blank', async () => {
    const { facts, html } = await page()
    const pdf = await renderPdf(html, facts, printer)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const pages = readPdf(pdf)
    expect(pages.length).toBeGreaterThan(2)
    for (const [i, { text, paths }] of pages.entries()) {
      expect(text, `page ${i + 1}`).not.toContain('\ufffd')
      expect(plain(text).length + paths, `page ${i + 1}`).toBeGreaterThan(40)
    }
    const cover = plain(pages[0]!.text)
    for (const line of [facts.title, ...facts.cover.flat()]) expect(cover).toContain(plain(line))
    const printed = plain(pages.map(({ text }) => text).join(' '))
    const body = html
      // Not on paper: what is for screen readers alone, and how a metric is counted, which unfolds when touched.
      .replace(/<(p|span|caption) class="vb-(?:hidden|tile__definition)"[\s\S]*?<\/\1>/g, ' ')
      .replace(/<(style|svg|header|summary)\b[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>|&[a-z#\d]+;/gi, ' ')
    const lost = (body.match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter(word => !printed.includes(plain(word)))
    expect([...new Set(lost)]).toEqual([])
  }, 60_000)
})

/** Letters and digits alone: spaces are where the line breaks are. */
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
