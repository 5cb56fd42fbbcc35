/**
 * Character references by the browser's own table, in the place of the package `entities`: its table is a seventh of what
 * a report loads first. The server, which has no such table, keeps the package.
 */
const place = document.createElement('textarea')

/** `&nbsp;` -> the character; what is no reference comes back as it was. */
export function decodeHTMLStrict(reference: string): string {
  if (!reference.endsWith(';')) return reference
  // Text of a textarea is never markup: nothing in it is fetched or run.
  place.innerHTML = reference
  return place.value
}
