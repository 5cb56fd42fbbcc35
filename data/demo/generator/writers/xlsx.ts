/** Workbooks whose bytes depend on their rows alone. */
import { writeFileSync } from 'node:fs'
import { unzipSync, zipSync } from 'fflate'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

/** A fixed date for the archive's entries: the earliest that ZIP knows. */
const WRITTEN = new Date(1980, 0, 1, 0, 0, 0)

/** Writes one sheet. Dates in cells need a `format`. */
export async function writeXlsx(path: string, sheet: string, rows: SheetData): Promise<void> {
  const bytes = await writeXlsxFile(rows, { sheet, dateFormat: 'dd.mm.yyyy' }).toBuffer()
  const parts = unzipSync(new Uint8Array(bytes))
  const names = Object.keys(parts).sort()
  const packed = zipSync(
    Object.fromEntries(names.map(name => [name, [parts[name]!, { mtime: WRITTEN, level: 9 }]])),
  )
  writeFileSync(path, packed)
}
