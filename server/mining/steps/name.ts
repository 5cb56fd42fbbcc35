/**
 * A group's name: of what clients said in just these words, the text that says most of what all say and little else, short
 * and whole. A slip of the pen or a detail of one client's own is a word that the others don't have, and tells against it.
 */
import { detectLanguage } from '../../language/detect-language.ts'
import { stem } from '../../language/stems.ts'
import { tokenize } from '../../language/tokens.ts'
import { heftOf } from '../light-words.ts'

/** Words of a good name: fewer say too little, more are a story. */
const LEAST = 3
const MOST = 9
/** Words that say what about: one alone may mean anything. */
const TELLING = 2
/** Openings that ask to be told and say nothing yet. */
const LEAD_IN =
  /^(?:ну|э+|это самое|короче|скажите|подскажите|не подскажете|вопрос|хотел\S* (?:бы )?(?:узнать|понять|спросить|уточнить)|да|здравствуйте|добрый (?:день|вечер)|um|uh|hi|hey|hello|yes|yeah|ok|okay|and|oh)(?=[\s,.!])/i

export interface Candidate {
  text: string
  /** Likeness to the group, and how many clients said just this. */
  score: number
  clients: number
}

/** The text that names a group best; candidates must not be empty. */
export function chooseLabel(candidates: readonly Candidate[]): string {
  const told = candidates.map(({ text }) => tellingStems(text))
  const shares = new Map<string, number>()
  const clients = candidates.reduce((sum, candidate) => sum + candidate.clients, 0)
  for (const [i, stems] of told.entries())
    for (const stemmed of stems)
      shares.set(stemmed, (shares.get(stemmed) ?? 0) + candidates[i]!.clients / clients)
  const rank = (i: number) => {
    const { text, score, clients: said } = candidates[i]!
    const stems = told[i]!
    const words = text.trim().split(/\s+/).length
    const length = words < LEAST ? words / LEAST : words <= MOST ? 1 : MOST / words
    const common = stems.reduce((sum, stemmed) => sum + shares.get(stemmed)!, 0) / Math.max(1, stems.length)
    const telling = Math.min(1, 0.4 + (0.6 * stems.length) / TELLING)
    const clean = (LEAD_IN.test(text) ? 0.85 : 1) * (/<|\d{3}/.test(text) ? 0.7 : 1)
    return (0.3 + score) * (0.15 + common) * length * telling * clean * (1 + 0.1 * Math.log(said))
  }
  const ranks = candidates.map((_, i) => rank(i))
  return candidates[ranks.indexOf(Math.max(...ranks))]!.text.trim()
}

function tellingStems(text: string): string[] {
  const language = detectLanguage(text)
  const words = tokenize(text).filter(({ kind, norm }) => kind === 'word' && heftOf(norm) === 'full')
  return [...new Set(words.map(({ norm }) => stem(norm, language)))]
}
