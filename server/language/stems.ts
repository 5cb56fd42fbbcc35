/** Words -> stems, by `natural`'s Snowball stemmers, with the cases where the Russian one splits one word in two. */
import english from 'natural/lib/natural/stemmers/porter_stemmer.js'
import russian from 'natural/lib/natural/stemmers/porter_stemmer_ru.js'
import type { TextLanguage } from './detect-language.ts'

/** Beginnings of words that the stemmer takes for different ones, and the stem that they share. */
const EXCEPTIONS: readonly [pattern: RegExp, stem: string][] = [
  [/^подпис(?:ка|ки|ку|ке|кой|ок|кам|ками|ках)$/, 'подписк'],
  [/^ден(?:ьги|ег|ьгам|ьгами|ьгах|ежн\p{L}*)$/u, 'деньг'],
  [/^(?:день|дня|дню|днем|дне|дни|дней|дням|днями|днях)$/, 'ден'],
  [
    /^заказ(?:ать|ал|ала|али|ывать|ываю|ывал|ывали|ывает|ан|ана|ано|аны)?$|^закаж(?:у|ешь|ет|ем|ете|ут|и|ите)$|^заказ(?:а|у|ом|е|ы|ов|ам|ами|ах)$/,
    'заказ',
  ],
  [/^(?:ребенок|ребенка|ребенку|ребенком|ребенке|дети|детей|детям|детьми|детях)$/, 'ребенок'],
  [/^(?:человек|человека|человеку|человеком|люди|людей|людям|людьми|людях)$/, 'человек'],
  [/^(?:идти|иду|идет|идут|шел|шла|шли)$/, 'идти'],
  [/^(?:лучше|лучший|лучшая|лучшее|лучшие)$/, 'лучш'],
  [/^(?:год|года|году|годом|годы|годов|лет)$/, 'год'],
  [/^(?:окно|окна|окну|окном|окне|окон|окнам|окнами|окнах)$/, 'окн'],
  [/^сто(?:ит|ят|ил|ила|ило|или|ить|имость|имости|имостью)$/, 'стоимост'],
  [/^цен(?:а|ы|у|е|ой|ник|ам|ами|ах|ник\p{L}*)?$/u, 'цен'],
  [/^плат(?:ить|ят|ите|им|ишь|ил|ила|или)$|^плач(?:у|ено|ена)$/, 'плат'],
]

const memory = { ru: new Map<string, string>(), en: new Map<string, string>() }
/** Words kept; speech has fewer than this, garbage has no end. */
const MEMORY = 200_000

/** The stem of a norm (see tokens.ts). The same word always gives the same stem; never empty. */
export function stem(norm: string, language: TextLanguage): string {
  const known = memory[language].get(norm)
  if (known !== undefined) return known
  const made =
    (language === 'ru' && /[а-я]/.test(norm)
      ? stemRussian(norm)
      : /^[a-z']+$/.test(norm)
        ? english.stem(norm)
        : norm) || norm
  if (memory[language].size >= MEMORY) memory[language].clear()
  memory[language].set(norm, made)
  return made
}

function stemRussian(norm: string): string {
  const exception = EXCEPTIONS.find(([pattern]) => pattern.test(norm))
  if (exception) return exception[1]
  // нн -> н and the endings of abstract nouns and of verbs in -овать keep apart what is one word.
  const eased = norm
    .replace(/нн(?=[а-я]{1,4}$)/, 'н')
    .replace(/ост(?:ь|и|ью|ей|ям|ями|ях)$/, '')
    .replace(/уют$/, 'ует')
  return russian.stem(eased.length >= 3 ? eased : norm)
}
