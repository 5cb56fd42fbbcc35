/**
 * Phrases -> lines of ads: set in a few patterns that are right whatever the words, with the product that those who said
 * them buy. Nothing is said that no client said, but for the pattern's own words. Pure.
 */
import type { TextLanguage } from '../language/detect-language.ts'
import type { Core } from './ad-core.ts'
import type { Answer, Phrase } from './ad-sources.ts'

export interface AdLine {
  role: 'headline' | 'text'
  text: string
  language: TextLanguage
  /** Whether it names the product. */
  named: boolean
  /** A headline and a text in one, for platforms that take a text alone. */
  whole: boolean
  /** What it is made of, the first one leading. */
  phrases: Phrase[]
  /** Where the rest of the words come from: the page's section whose answer it gives. */
  page: string | null
}

/** A product is named only where so many of those who said the phrase have it. */
const LEAST_OF_PRODUCT = 3

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const dotted = (text: string) => (/[.!?…»]$/.test(text) ? text : `${text}.`)

type Pattern = (core: string, product: string | null) => readonly (string | null)[]

/** Headlines of each shape, the fullest first; what needs a product is null without one. */
const headlines: Record<TextLanguage, Record<Core['shape'], Pattern>> = {
  ru: {
    clause: (core, product) => [product && `${product}, чтобы ${core}`, `Чтобы ${core}`],
    without: (core, product) => [product && `${product} ${core}`, capital(core)],
    thing: (core, product) => [product && `${product}: главное — ${core}`, `Главное — ${core}`],
    statement: (core, product) => [product && `${product}: ${core}`, capital(core)],
    suffix: (core, product) => [product && `${product} ${core}`],
    said: () => [],
    question: () => [],
  },
  en: {
    clause: () => [],
    without: (core, product) => [product && `${product}: ${core}`, capital(core)],
    thing: (core, product) => [product && `${product}: ${core}`, capital(core)],
    statement: (core, product) => [product && `${product}: ${core}`, capital(core)],
    suffix: () => [],
    said: () => [],
    question: () => [],
  },
}

/** The product that most of those who said the phrases have: an ad speaks of one. */
export function leadingProduct(phrases: readonly Phrase[]): string | null {
  const counts = new Map<string, number>()
  for (const { products } of phrases)
    for (const [name, n] of products) counts.set(name, (counts.get(name) ?? 0) + n)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null
}

/** Headlines of a phrase, the fullest first. */
export function headlinesOf(phrase: Phrase, product: string | null): AdLine[] {
  const { core, text, topic, products } = phrase
  // Of terms and service a product's name says nothing: «окна, чтобы документы были».
  const fits = core.shape !== 'clause' || (topic !== 'terms' && topic !== 'service' && topic !== 'price')
  const known = product !== null && (products.get(product) ?? 0) >= LEAST_OF_PRODUCT
  const named = known && fits ? capital(product.trim()) : null
  return headlines[core.language][core.shape](text, named).flatMap(line =>
    line === null
      ? []
      : [
          {
            role: 'headline' as const,
            text: line,
            language: core.language,
            named: named !== null && line.startsWith(named),
            whole: false,
            phrases: [phrase],
            page: null,
          },
        ],
  )
}

/** Whether two phrases are about different things. */
export const disjoint = (a: Phrase, b: Phrase) => !a.core.stems.some(stem => b.core.stems.includes(stem))

/** So many of the phrases, each about something else than the ones before it. */
function unlike(phrases: readonly Phrase[], most: number): Phrase[] {
  const chosen: Phrase[] = []
  for (const phrase of phrases)
    if (chosen.length < most && chosen.every(other => disjoint(other, phrase))) chosen.push(phrase)
  return chosen
}

/** `a, b and c`. */
function list(parts: readonly string[], and: string): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`
}

/** Texts that join phrases of one shape: of two and of three of them, so that short fields have one as well. */
export function textsOf(phrases: readonly Phrase[], language: TextLanguage): AdLine[] {
  const of = (...shapes: Core['shape'][]) =>
    phrases.filter(({ core }) => core.language === language && shapes.includes(core.shape))
  const make = (chosen: readonly Phrase[], least: number, write: (texts: string[]) => string): AdLine[] =>
    chosen.length < least
      ? []
      : [
          {
            role: 'text',
            text: dotted(capital(write(chosen.map(phrase => phrase.text)))),
            language,
            named: false,
            whole: false,
            phrases: [...chosen],
            page: null,
          },
        ]
  const ru = language === 'ru'
  const sized = (shapes: Core['shape'][], write: (texts: string[]) => string) =>
    [3, 2].flatMap(most => make(unlike(of(...shapes), most), most, write))
  return [
    ...sized(['without', 'statement'], texts => (ru ? texts.join(', ') : list(texts, 'and'))),
    ...(ru
      ? sized(
          ['clause'],
          texts =>
            `Клиентам важно, ${list(
              texts.map(text => `чтобы ${text}`),
              'и',
            )}`,
        )
      : []),
    ...sized(['thing'], texts =>
      ru ? `Главное для клиентов — ${list(texts, 'и')}` : `What matters to clients: ${list(texts, 'and')}`,
    ),
    ...[3, 2, 1].flatMap(most =>
      make(
        unlike(
          of('said').filter(({ spoken }) => spoken >= 2),
          most,
        ),
        most,
        texts =>
          ru
            ? `Клиенты говорят: ${texts.map(text => `«${text}»`).join(', ')}`
            : `Clients say: ${texts.map(text => `“${text}”`).join(', ')}`,
      ),
    ),
  ]
}

/** What a client asks and what the page answers: as many of its first sentences as make the line whole. */
export function answerLines({ phrase, heading, text }: Answer): AdLine[] {
  const sentences = text.match(/[^.!?]+[.!?]+(?=\s|$)/g)?.map(sentence => sentence.trim()) ?? []
  const question = `${capital(phrase.text)}?`
  return [2, 1]
    .filter(n => n <= sentences.length)
    .map(n => ({
      role: 'text',
      text: `${question} ${sentences.slice(0, n).join(' ')}`,
      language: phrase.core.language,
      named: false,
      whole: false,
      phrases: [phrase],
      page: heading,
    }))
}

/** One text of a headline and another line, for platforms that take a text alone. */
export function joinLines(headline: AdLine, text: AdLine): AdLine | null {
  if (headline.phrases.some(a => text.phrases.some(b => !disjoint(a, b)))) return null
  return {
    role: 'text',
    text: `${dotted(headline.text)} ${text.text}`,
    language: headline.language,
    named: headline.named,
    whole: true,
    phrases: [...headline.phrases, ...text.phrases],
    page: text.page,
  }
}
