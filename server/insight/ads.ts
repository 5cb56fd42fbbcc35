/**
 * Ad ideas of a persona or segment: lines set from what its clients value and ask, tried against each platform's limits.
 * Without a model; a line is offered only whole, and names the phrases that it is made of.
 */

import type { Language } from '../lib/locale.ts'
import type { AdFit, Claim } from '../notebook/output.ts'
import { findPersonalData } from '../privacy/mask.ts'
import { brokenRules } from './ad-check.ts'
import {
  type AdLine,
  answerLines,
  disjoint,
  headlinesOf,
  joinLines,
  leadingProduct,
  textsOf,
} from './ad-lines.ts'
import { type AdField, type AdPlatform, adPlatforms } from './ad-platforms.ts'
import { type Rival, readRivals } from './ad-rivals.ts'
import {
  type AdAudience,
  type Answer,
  countSpeakers,
  type Phrase,
  readAnswers,
  readPhrases,
} from './ad-sources.ts'
import type { Query } from './query.ts'
import { LEAST_CLIENTS, rankThemes } from './themes.ts'

export interface AdIdea {
  claim: Claim
  role: AdLine['role'] | 'whole'
  phrases: Phrase[]
  page: string | null
}

/** The lines that a platform's fields take, in the order of their evidence; empty where nothing fits. */
export interface AdSet {
  platform: AdPlatform
  lines: { field: AdField; ideas: AdIdea[] }[]
}

export interface Ads {
  /** Clients of the segment who spoke. */
  clients: number
  /** Phrases that could be used, strong ones. */
  phrases: number
  sets: AdSet[]
  /** Every idea that some platform takes, once. */
  ideas: AdIdea[]
  /** Those below the threshold of evidence. */
  weak: AdIdea[]
  rivals: Rival[]
}

export interface AdsFilter {
  audience: AdAudience
  platforms: readonly string[]
  /** Of each platform's repeated fields at most so many. */
  limit: number
  /** Of the platforms' names. */
  language: Language
}

/** Lines of another kind than headlines that a platform takes besides: more than this are a heap. */
const TEXTS = 12
const WEAK = 6
const RIVALS = 12

/** Reads phrases and answers, and sets them for the platforms. */
export async function readAds(
  query: Query,
  { audience, platforms, limit, language }: AdsFilter,
): Promise<Ads> {
  const [clients, phrases, answers, refused] = await Promise.all([
    countSpeakers(query, audience),
    readPhrases(query, audience),
    readAnswers(query, audience),
    readRefused(query),
  ])
  const usable = phrases.filter(phrase => !refused(phrase))
  const strong = usable.filter(isStrong)
  const product = leadingProduct(strong)
  const offered = toLines(
    strong,
    product,
    answers.filter(({ phrase }) => phrase.clients.size >= LEAST_CLIENTS),
  )
  const chosen = adPlatforms.filter(({ id }) => platforms.length === 0 || platforms.includes(id))
  const ideas = new Map<AdLine, AdIdea>()
  const ideaOf = (line: AdLine) => {
    const idea = ideas.get(line) ?? toIdea(line, clients, chosen, language)
    ideas.set(line, idea)
    return idea
  }
  const sets = chosen.map(platform => ({
    platform,
    lines: platform.fields.map(field => ({
      field,
      ideas: chooseLines(field, platform, offered, limit).map(ideaOf),
    })),
  }))
  const weak = usable
    .filter(phrase => !isStrong(phrase))
    .flatMap(phrase => headlinesOf(phrase, null).filter(isClean))
    .slice(0, WEAK)
    .map(line => toIdea(line, clients, null, language))
  const rivals = await readRivals(query, RIVALS)
  return { clients, phrases: strong.length, sets, ideas: [...ideas.values()], weak, rivals }
}

/** A value that won deals: enough clients, and buyers among them. */
const isStrong = ({ clients, won }: Phrase) => clients.size >= LEAST_CLIENTS && won > 0

/** Phrases of themes that those who did not buy say more, beyond chance: they bring such clients. */
async function readRefused(query: Query): Promise<(phrase: Phrase) => boolean> {
  const everything = { kind: 'value', period: null, sources: [], topics: [], limit: 10_000 } as const
  const { claims } = await rankThemes(query, everything)
  const lost = new Set(
    claims.filter(({ contrast }) => contrast?.stands && contrast.ratio < 1).map(({ id }) => id),
  )
  return ({ theme }) => theme !== null && lost.has(theme)
}

interface Offered {
  /** By phrase, the fullest form first. */
  headlines: AdLine[][]
  texts: AdLine[]
}

/** Whether the platform takes one text and no headline. */
const isWhole = (fields: readonly AdField[]) => fields.every(({ role }) => role === 'text')

/** Nothing that says who somebody is. */
const isClean = ({ text }: AdLine) => findPersonalData(text).length === 0

function toLines(phrases: readonly Phrase[], product: string | null, answers: readonly Answer[]): Offered {
  const headlines = phrases
    .map(phrase => headlinesOf(phrase, product).filter(isClean))
    .filter(forms => forms.length > 0)
  const composed = (['ru', 'en'] as const).flatMap(language => textsOf(phrases, language))
  return { headlines, texts: [...composed, ...answers.flatMap(answerLines)].filter(isClean) }
}

/** Lines that the field takes: one of each phrase first, then their other forms; no two that begin alike say the same. */
function chooseLines(
  field: AdField,
  platform: AdPlatform,
  { headlines, texts }: Offered,
  limit: number,
): AdLine[] {
  // A second headline stands beside one that names the product.
  const fits = (line: AdLine) =>
    !(field.least === 0 && line.named) && brokenRules(line.text, field, platform).length === 0
  const most = field.most > 1 ? Math.min(field.most, limit) : limit
  if (field.role === 'headline') {
    const fitting = headlines.map(forms => forms.filter(fits)).filter(forms => forms.length > 0)
    const rounds = [0, 1].flatMap(round => fitting.flatMap(forms => forms[round] ?? []))
    return rounds.slice(0, most)
  }
  const lines = isWhole(platform.fields) ? joined(headlines, texts).filter(fits) : texts.filter(fits)
  return withoutRepeats(lines).slice(0, Math.min(most, TEXTS))
}

/** Each text with a headline about something else. */
function joined(headlines: readonly AdLine[][], texts: readonly AdLine[]): AdLine[] {
  let next = 0
  return texts.flatMap(text => {
    for (let i = 0; i < headlines.length; i++) {
      const headline = headlines[(next + i) % headlines.length]![0]!
      const line = headline.language === text.language ? joinLines(headline, text) : null
      if (!line) continue
      next = (next + i + 1) % headlines.length
      return [line]
    }
    return []
  })
}

/** Of lines made of the same leading phrases the first, which says most. */
function withoutRepeats(lines: readonly AdLine[]): AdLine[] {
  const chosen: AdLine[] = []
  for (const line of lines) {
    const repeats = chosen.some(
      other => other.page === line.page && line.phrases.every(a => other.phrases.some(b => !disjoint(a, b))),
    )
    if (!repeats) chosen.push(line)
  }
  return chosen
}

/** Fields of the line's kind that take it; of platforms alike the first. */
function fitsOf(line: AdLine, platforms: readonly AdPlatform[], language: Language): AdFit[] {
  const fits = new Map<string, AdFit>()
  for (const { fields, short, rules } of platforms) {
    if (isWhole(fields) !== line.whole) continue
    const field = fields.find(({ role, least }) => role === line.role && least > 0)
    if (!field || fits.has(short[language]) || brokenRules(line.text, field, { rules }).length > 0) continue
    const { role, max, count, freeMarks, longestWord } = field
    fits.set(short[language], {
      platform: short[language],
      role,
      max,
      count,
      ...(freeMarks !== undefined && { freeMarks }),
      ...(longestWord !== undefined && { longestWord }),
      rules,
    })
  }
  return [...fits.values()]
}

/** `platforms` null: it is weak, and tried nowhere. */
function toIdea(
  line: AdLine,
  of: number,
  platforms: readonly AdPlatform[] | null,
  language: Language,
): AdIdea {
  const clients = new Set(line.phrases.flatMap(phrase => [...phrase.clients]))
  const [open, close] = language === 'ru' ? ['«', '»'] : ['“', '”']
  const sources = line.phrases
    .map(({ text, clients: own }) => `${open}${text}${close} — ${own.size}`)
    .join('; ')
  return {
    role: line.whole ? 'whole' : line.role,
    phrases: line.phrases,
    page: line.page,
    claim: {
      id: line.text,
      kind: 'idea',
      text: line.text,
      clients: clients.size,
      of,
      facts: [
        { label: 'phrases', value: sources, format: 'text' },
        ...(line.page === null ? [] : [{ label: 'section', value: line.page, format: 'text' as const }]),
      ],
      quotes: line.phrases.flatMap(phrase => phrase.quotes.slice(0, line.phrases.length > 1 ? 1 : 2)),
      ...(platforms && { fits: fitsOf(line, platforms, language) }),
      weak: platforms === null,
    },
  }
}
