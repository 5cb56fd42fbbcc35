/**
 * Names of personas by rule, from the traits that set them apart the most: «Новостройка: остекление балкона, vk». Every
 * word is a value of the data, and a part without support is left out. Pure.
 */
import type { Language } from '../lib/locale.ts'
import { contrastEach } from '../lib/log-odds.ts'
import type { TraitCount } from './persona-counts.ts'

const words: Record<Language, { kinds: Record<string, string>; everybody: string; others: string }> = {
  ru: {
    kinds: { person: 'Частные лица', company: 'Компании' },
    everybody: 'Все клиенты',
    others: 'Остальные',
  },
  en: { kinds: { person: 'Persons', company: 'Companies' }, everybody: 'All clients', others: 'The rest' },
}

/** A trait that opens a name holds for at least this share of the persona, one that follows for this. */
const HEAD_SHARE = 0.5
const PART_SHARE = 0.2

interface Apart {
  field: string
  value: string
  share: number
  z: number
}

/** Names for some of `k` classes, no two alike and none of those that are `taken`. */
export function namePersonas(
  counts: readonly TraitCount[],
  k: number,
  classes: readonly number[],
  taken: readonly string[],
  language: Language,
): string[] {
  const used = new Set(taken)
  return classes.map(c => {
    const name = nameOf(setsApart(counts, c), k, language, used)
    used.add(name)
    return name
  })
}

/** Over-represented traits that stand beyond chance, the strongest first. */
function setsApart(counts: readonly TraitCount[], c: number): Apart[] {
  const texts = counts.filter(({ field }) => field !== 'theme')
  const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0)
  const raised = texts.map(({ clients, known }) => {
    const [inA, ofA] = [clients[c]!, known[c]!]
    return { inA, ofA, inB: sum(clients) - inA, ofB: sum(known) - ofA }
  })
  const rows = contrastEach(raised).map(({ z, stands }, i) => {
    const { inA, ofA } = raised[i]!
    return { field: texts[i]!.field, value: texts[i]!.value, share: ofA > 0 ? inA / ofA : 0, z, stands }
  })
  return rows.filter(row => row.stands && row.z > 0).sort((a, b) => b.z - a.z)
}

function nameOf(traits: readonly Apart[], k: number, language: Language, used: ReadonlySet<string>): string {
  const own = words[language]
  if (k === 1) return own.everybody
  const find = (test: (field: string) => boolean, least: number) =>
    traits.filter(({ field, share }) => test(field) && share >= least)
  const [head] = [
    ...find(field => field === 'profile', HEAD_SHARE),
    ...find(field => field.startsWith('attribute:'), HEAD_SHARE),
    ...find(field => field === 'kind', HEAD_SHARE),
    ...find(field => field === 'city', HEAD_SHARE),
  ]
  const products = find(field => field === 'product', PART_SHARE).slice(0, 2)
  const parts = [...products, ...find(field => field === 'source', PART_SHARE).slice(0, 1)].map(({ value }) =>
    lower(value),
  )
  const more = find(field => field === 'city' || field === 'contact', PART_SHARE).map(({ value }) => value)
  const title = head
    ? upper(head.field === 'kind' ? (own.kinds[head.value] ?? head.value) : head.value)
    : null
  const write = (list: readonly string[]) =>
    title === null
      ? upper(list.join(', ')) || own.others
      : list.length > 0
        ? `${title}: ${list.join(', ')}`
        : title
  let name = write(parts)
  for (let n = 1; used.has(name) && n <= more.length; n++) name = write([...parts, ...more.slice(0, n)])
  for (let n = 2; used.has(name); n++) name = `${write(parts)} (${n})`
  return name
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
/** «Окна» -> «окна», while «ТСЖ» stays. */
const lower = (text: string) =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
