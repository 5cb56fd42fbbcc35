/** Rows as CSV (RFC 4180): quoted where it must be, lines ended by CRLF, nulls empty. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map(row => `${row.map(toField).join(',')}\r\n`).join('')
}

function toField(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
