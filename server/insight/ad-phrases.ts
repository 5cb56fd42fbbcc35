/**
 * What of a client's words can stand in an ad: the core of a wish, of praise or of a question, or null. The words stay the
 * client's own; only fillers and the frame around the core go («мне важно, ну, чтобы в детской было тихо» -> «в детской
 * было тихо»). What is not whole, speaks of «я» and «вы», names a number or a person is not taken: better few lines than
 * clumsy ones. Pure.
 */
import { detectLanguage, type TextLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'
import { isStopword } from '../language/stopwords.ts'
import { type Token, tokenize } from '../language/tokens.ts'
import type { Core, FoundCore, Word } from './ad-core.ts'
import { englishCore, englishQuestion } from './ad-phrases-en.ts'
import { russianCore, russianQuestion } from './ad-phrases-ru.ts'

const FILLERS = new Set(
  `ну вот значит короче типа просто э ээ эм м мм ой ага угу так-то прям прямо вообще really um uh`.split(' '),
)
const PAIRS = new Set(['как бы', 'так сказать', 'в общем', 'you know', 'sort of', 'kind of', 'i mean'])
const MOST_WORDS = 9

/** The core of what a client values, wants or praises. */
export const valueCore = (text: string): Core | null => coreOf(text, { ru: russianCore, en: englishCore })

/** The core of a question, without its mark. */
export const questionCore = (text: string): Core | null =>
  coreOf(text, { ru: russianQuestion, en: englishQuestion })

function coreOf(
  text: string,
  find: Record<TextLanguage, (words: readonly Word[]) => FoundCore>,
): Core | null {
  const language = detectLanguage(text)
  const tokens = tokenize(text)
  const words = withoutFillers(tokens)
  if (words === null || words.length > 40) return null
  const found = find[language](words)
  if (!found || found.words.length === 0 || found.words.length > MOST_WORDS) return null
  const stems = contentStems(found.words, language)
  if (stems.length === 0) return null
  const said = spell(found.words.map(word => word.text.toLowerCase()).join(' '))
  return {
    shape: found.shape,
    text: said,
    language,
    stems,
    key: `${language} ${found.shape} ${stems.join(' ')}`,
  }
}

/** What a speech recogniser writes with е, and an ad must not. */
const YO: readonly [RegExp, string][] = [
  [/(?<!\p{L})ребенк/gu, 'ребёнк'],
  [/(?<!\p{L})ребенок/gu, 'ребёнок'],
  [/(?<!\p{L})(за|с)?мерз(?=л)/gu, '$1мёрз'],
  [/(?<!\p{L})надежн/gu, 'надёжн'],
  [/(?<!\p{L})теплы(?=[йехм])/gu, 'тёплы'],
  [/(?<!\p{L})счет(?=а|у|ом|ы|\s|$)/gu, 'счёт'],
  // «всё в одних руках», «всё чисто»: before a preposition or an adverb it is not «все».
  [
    /(?<!\p{L})все(?= (?:в|по|с|из|через|за|под|без|официально|чисто|аккуратно|вовремя|понятно|подробно)(?!\p{L}))/gu,
    'всё',
  ],
]

const spell = (text: string) => YO.reduce((spelt, [pattern, to]) => spelt.replace(pattern, to), text)

/** Stems of the words that mean something, each once, sorted. «не дуло» and «дуло» differ. */
export function contentStems(words: readonly Pick<Word, 'norm'>[], language: TextLanguage): string[] {
  const stems = words.flatMap(({ norm }) => (isStopword(norm) ? [] : [stem(norm, language)]))
  return [...new Set(stems)].sort()
}

/** Words alone; null where there is more than words: a number, an address, a second sentence. */
function withoutFillers(tokens: readonly Token[]): Word[] | null {
  const words: Word[] = []
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'punctuation') {
      // What follows a stop is another thought; a comma is left to the rules of the language.
      if (/^[.?!…]/.test(token.text) && i < tokens.length - 1) return null
      continue
    }
    if (token.kind !== 'word') return null
    words.push({ text: token.text, norm: token.norm })
  }
  const kept: Word[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (i + 1 < words.length && PAIRS.has(`${word.norm} ${words[i + 1]!.norm}`)) i++
    else if (!FILLERS.has(word.norm)) kept.push(word)
  }
  return kept
}
