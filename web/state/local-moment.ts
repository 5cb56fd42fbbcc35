/** An instant (ISO 8601 in UTC) as a moment of this browser's clock, as formatMoment takes it. */
export function localMoment(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
