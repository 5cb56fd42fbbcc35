/** An edition and its page as they are stored, of nothing. */
import type { EditionPageRow, EditionRow } from '../../server/store/editions.ts'

export function sampleEdition(
  number: number,
  more: Partial<EditionRow> = {},
): { edition: EditionRow; page: EditionPageRow } {
  const edition_id = `e${number}`
  return {
    edition: {
      edition_id,
      notebook: 'n',
      number,
      title: 'Отчёт',
      language: 'ru',
      inputs: '{}',
      cause: 'hand',
      made_at: '2026-06-28 12:00:00',
      made_ms: number,
      made_by: null,
      data_to: '2026-06-28',
      exposed: '{}',
      figures: '{}',
      changes: 'null',
      approved_at: null,
      approved_by: null,
      etag: 'x',
      policy: 'x',
      bytes: 1,
      ...more,
    },
    page: { edition_id, gzip: '', brotli: '', snapshot: '' },
  }
}
