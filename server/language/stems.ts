/** Words -> stems, by `natural`'s Snowball stemmers, mended where the Russian one splits one word in two. */
import english from 'natural/lib/natural/stemmers/porter_stemmer.js'
import russian from 'natural/lib/natural/stemmers/porter_stemmer_ru.js'
import type { TextLanguage } from './detect-language.ts'
import { stemAliases, wordExceptions } from './stem-exceptions.ts'

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
        ? english.stem(norm.replace(/'s$/, ''))
        : norm) || norm
  if (memory[language].size >= MEMORY) memory[language].clear()
  memory[language].set(norm, made)
  return made
}

/** Before the stemmer: нн as н («деревянный»), nouns in -ость as their adjective, verbs in -овать by one base. */
const EASE: readonly [RegExp, string][] = [
  [/нн(?=[а-я]{1,4}$)/, 'н'],
  [/ост(?:ь|и|ью|ей|ям|ями|ях)$/, ''],
  [/([а-я]{3})(?:овать|овал[аои]?|уете|уют|ует|уешь|уем|уйте)(с[ья])?$/, '$1'],
]
/** After it: what its endings leave of one word in two shapes. */
const MEND: readonly [RegExp, string][] = [
  [/([а-я]{3})[иы]ва$/, '$1'],
  [/([вмпбф])л(?:ен|я)?$/, '$1'],
  [/([аеиоуыэюя][а-я]*[бвгджзклмнпрстфхцчшщ])[ое]к$/, '$1к'],
  [/([аеоуя])ек$/, '$1йк'],
  [/([аеиоуыэюя][а-я]*[бвгджзклмнпрстфхцчшщ])ец$/, '$1ц'],
]

function stemRussian(norm: string): string {
  const exception = wordExceptions.get(norm)
  if (exception) return exception
  const eased = EASE.reduce((word, [pattern, to]) => word.replace(pattern, to), norm)
  const cut = russian.stem(eased.length >= 3 ? eased : norm)
  const mended = cut.length < 4 ? cut : MEND.reduce((word, [pattern, to]) => word.replace(pattern, to), cut)
  // Of a short word the stemmer may leave one letter: «ей», «ой».
  return stemAliases.get(mended) ?? (mended.length > 1 ? mended : norm)
}
