/**
 * How well two short texts cover one another, word by word: each word finds the one most like it on the other side, by stem,
 * by concept or by letters (a typo, another form), and counts by how rare it is. Unlike a cosine this sees that a word of
 * weight has no partner at all. Pure.
 */
import { detectLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'
import { tokenize } from '../language/tokens.ts'
import { conceptOf } from './concepts.ts'
import { heftOf } from './light-words.ts'

export interface AlignedWord {
  stem: string
  /** The concept, or the stem where there is none: words of one idea are equally rare. */
  idea: string
  /** 1, less for words that carry little. */
  heft: number
  grams: ReadonlySet<string>
}

/** What a word that carries little counts beside another. */
const LIGHT = 0.4
/** How alike words of one concept are. */
const SAME_IDEA = 0.85
/** Words with fewer letters in common (Dice coefficient of trigrams) are different words. */
const LEAST_LETTERS = 0.4

/** A text's distinct words without courtesy. */
export function readWords(text: string): AlignedWord[] {
  const language = detectLanguage(text)
  const words = new Map<string, AlignedWord>()
  for (const { kind, norm } of tokenize(text)) {
    if (kind !== 'word' && kind !== 'unit') continue
    const heft = heftOf(norm)
    const own = stem(norm, language)
    if (heft === 'silent' || words.has(own)) continue
    const idea = conceptOf(own) ?? own
    words.set(own, { stem: own, idea, heft: heft === 'full' ? 1 : LIGHT, grams: trigrams(norm) })
  }
  return [...words.values()]
}

function trigrams(norm: string): Set<string> {
  const padded = ` ${norm} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)))
}

/**
 * Learns texts once, each of an owner: a word is as rare as the owners who use its idea are few. The function it returns
 * reads a text, and gives for the number of a learned one how well they cover one another, 0 … 1.
 */
export function createAlignment(
  texts: readonly (readonly AlignedWord[])[],
  owners: readonly number[],
): (words: readonly AlignedWord[]) => (text: number) => number {
  const ownersOf = new Map<string, Set<number>>()
  const known = new Map<string, { id: number; word: AlignedWord }>()
  const withIdea = new Map<string, number[]>()
  const withGram = new Map<string, number[]>()
  const sizes: number[] = []
  const ids = texts.map((words, i) =>
    words.map(word => {
      ownersOf.set(word.idea, (ownersOf.get(word.idea) ?? new Set()).add(owners[i]!))
      const old = known.get(word.stem)
      if (old) return old.id
      const id = known.size
      known.set(word.stem, { id, word })
      sizes.push(word.grams.size)
      push(withIdea, word.idea, id)
      for (const gram of word.grams) push(withGram, gram, id)
      return id
    }),
  )
  const all = new Set(owners).size
  const weigh = ({ idea, heft }: AlignedWord) =>
    heft * (Math.log((all + 1) / ((ownersOf.get(idea)?.size ?? 0) + 1)) + 1)

  /** Likeness of a word to those known words that are like it at all. */
  const partners = (word: AlignedWord): Map<number, number> => {
    const shared = new Map<number, number>()
    for (const gram of word.grams)
      for (const id of withGram.get(gram) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1)
    const found = new Map<number, number>()
    for (const [id, n] of shared) {
      const likeness = (2 * n) / (word.grams.size + sizes[id]!)
      if (likeness > LEAST_LETTERS) found.set(id, likeness)
    }
    if (word.idea !== word.stem) for (const id of withIdea.get(word.idea) ?? []) found.set(id, SAME_IDEA)
    const same = known.get(word.stem)
    if (same) found.set(same.id, 1)
    return found
  }

  return words => {
    const likes = words.map(partners)
    const weights = words.map(weigh)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return text => {
      const own = ids[text]!
      if (total === 0 || own.length === 0) return 0
      const there = new Float64Array(own.length)
      let covered = 0
      for (const [w, like] of likes.entries()) {
        let best = 0
        for (const [o, id] of own.entries()) {
          const likeness = like.get(id) ?? 0
          if (likeness > best) best = likeness
          if (likeness > there[o]!) there[o] = likeness
        }
        covered += weights[w]! * best
      }
      let ownTotal = 0
      let ownCovered = 0
      for (const [o, word] of texts[text]!.entries()) {
        const weight = weigh(word)
        ownTotal += weight
        ownCovered += weight * there[o]!
      }
      return Math.sqrt((covered / total) * (ownCovered / ownTotal))
    }
  }
}

function push(lists: Map<string, number[]>, key: string, id: number): void {
  const list = lists.get(key)
  if (list) list.push(id)
  else lists.set(key, [id])
}
