/**
 * What a word may be in a name, as bits: found out once a word, since speech repeats its words. Which of it a word is in
 * its place is for the finders of names to say.
 */
import { lexicon } from './lexicon.ts'

/** A form of a Russian first name, and one that is an everyday word as well. */
export const FIRST = 1
export const FIRST_OR_WORD = 1 << 1
/** One of the surnames that are met most often. */
export const SURNAME = 1 << 2
/** Ends as hardly any word but a surname does; `_SHORT` those of four letters too. */
export const SURNAME_LIKE = 1 << 3
export const SURNAME_LIKE_SHORT = 1 << 4
/** -ский, -цкая: a surname or an adjective. */
export const ADJECTIVE = 1 << 5
export const PATRONYMIC = 1 << 6
/** -овна, -евна without being one of the dictionary. */
export const PATRONYMIC_LIKE = 1 << 7
/** Looks like a surname and is none. */
export const NO_SURNAME = 1 << 8
/** No name wherever it stands. */
export const PLAIN = 1 << 9
export const GREETING = 1 << 10
/** «мастер», «жена»: a person. */
export const ROLE = 1 << 11
export const CITY = 1 << 12
/** «зовут»; «имя», «фамилия»; «это», «говорит». */
export const CALLED = 1 << 13
export const NAMED = 1 << 14
export const SAYS = 1 << 15
export const CYRILLIC = 1 << 16
/** The name of a street, and a word that could be one. */
export const STREET_NAME = 1 << 17
export const STREET_LIKE = 1 << 18
/** English. */
export const FIRST_EN = 1 << 19
export const FIRST_OR_WORD_EN = 1 << 20
export const SURNAME_EN = 1 << 21
export const PLAIN_EN = 1 << 22
export const TITLE_EN = 1 << 23
export const ROLE_EN = 1 << 24

const LIKE_SURNAME =
  /^\p{L}{2,}(?:[ое]в|[иы]н)(?:а|у|ым|ой|ою|ы|ых|ыми|е)?$|^\p{L}{2,}(?:енко|дзе|швили)$|^\p{L}{3,}(?:ян|янц|чук|щук|юк)(?:а|у|ом|е)?$/u

const PATTERNS: [bit: number, pattern: RegExp][] = [
  [ADJECTIVE, /^\p{L}{2,}(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)$/u],
  [PATRONYMIC, /^\p{L}{3,}(?:ович|евич)(?:а|у|ем|ом|е)?$/u],
  [PATRONYMIC_LIKE, /^\p{L}{3,}(?:овн|евн)(?:а|ы|е|у|ой|ою)$/u],
  [CALLED, /^(?:зовут|звать|кличут)$/],
  [NAMED, /^(?:имя|фамилия|фамилию|фамилии|имени|фио|отчество)$/],
  [SAYS, /^(?:это|я|говорит|разговаривает|беспокоит|вами|зовут|имя|сам|сама)$/],
  [STREET_LIKE, /^\p{L}{3,}(?:ая|ой|ую|яя|ого|его|ова|ева)$/u],
  [CYRILLIC, /^[а-я-]{2,}$/],
]

/** The bits of a word in plain form. */
export function nameClassOf(plain: string): number {
  const words = lexicon()
  let bits = 0
  const put = (bit: number, is: boolean) => {
    if (is) bits |= bit
  }
  for (const [bit, pattern] of PATTERNS) put(bit, pattern.test(plain))
  if (bits & CYRILLIC) {
    const first = words.firstRu.get(plain)
    put(FIRST, first !== undefined)
    put(FIRST_OR_WORD, first === true)
    const isNone = words.notSurname.has(plain)
    put(NO_SURNAME, isNone)
    put(SURNAME, !isNone && words.surnamesRu.has(plain))
    put(SURNAME_LIKE_SHORT, !isNone && LIKE_SURNAME.test(plain))
    put(SURNAME_LIKE, plain.length > 4 && (bits & SURNAME_LIKE_SHORT) !== 0)
    put(PATRONYMIC, words.patronymics.has(plain))
    put(GREETING, words.greetings.has(plain))
    put(PLAIN, words.notNameRu.has(plain) || words.greetings.has(plain))
    put(ROLE, words.rolesRu.has(plain))
    // «в Пушкине», «из Королёва»: without the case's ending.
    put(CITY, words.cities.has(plain) || words.cities.has(plain.replace(/(?:а|у|ом|ым|е|ы)$/, '')))
    put(STREET_NAME, words.streets.has(plain))
  } else {
    const first = words.firstEn.get(plain)
    put(FIRST_EN, first !== undefined)
    put(FIRST_OR_WORD_EN, first === true)
    put(SURNAME_EN, words.surnamesEn.has(plain))
    put(PLAIN_EN, words.notNameEn.has(plain))
    put(TITLE_EN, words.titlesEn.has(plain))
    put(ROLE_EN, words.rolesEn.has(plain))
  }
  return bits
}
