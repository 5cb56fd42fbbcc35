/**
 * Text -> pieces that each say one thing, with their places. Punctuation parts where there is any; in speech-recognition
 * text without it, words that begin a new thought do («а подскажите», «и ещё», «потому что», “and also”).
 */
import { type Token, tokenize } from './tokens.ts'

export interface Clause {
  from: number
  to: number
  tokens: Token[]
  /** The mark it ended with: '?', '.', … or '' in unpunctuated speech. */
  end: string
}

/** Words that may open a new clause in running speech once the one before has said something. */
const OPENERS = new Set(
  `подскажите подскажи скажите расскажите объясните сколько почему зачем когда где куда откуда насколько какой какая какие
  какое каких какую просто потому поэтому кстати короче вопрос интересует слушайте смотрите алло здравствуйте хотел хотела хотели
  because also tell what how when where why which who can could do does is are will`.split(/\s+/),
)
/** Conjunctions that open one only together with what follows: «а гарантия», «и ещё», «но дорого». */
const LINKS = new Set(['а', 'и', 'но', 'или', 'то', 'ну', 'and', 'but', 'or', 'so'])
const LINKED =
  /^(?:еще|сколько|как|когда|где|какой|какая|какие|вот|если|что|можно|это|у|вы|вас|мне|мы|я|по|скажите|подскажите|скажи|подскажи|дорого|дороговато|главное|when|how|what|is|are|do|does|can|could|if|the|will)$/
/** A clause is closed by an opener only when it is long enough to have said something. */
const LEAST_WORDS = 4
/** Without any sign for so long, a piece is parted at the next link. */
const LONG_WORDS = 22

/** Clauses of a text, in order; every word is in exactly one. Linear time. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = []
  let current: Token[] = []
  let words = 0
  const close = (end: string) => {
    const spoken = current.filter(token => token.kind !== 'punctuation')
    if (spoken.length > 0)
      clauses.push({ from: spoken[0]!.from, to: spoken.at(-1)!.to, tokens: current, end })
    current = []
    words = 0
  }
  const tokens = tokenize(text)
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'punctuation' && /^[.?!…;]+$/.test(token.text) && !isAbbreviation(tokens, i)) {
      close(token.text)
      continue
    }
    if (words >= LEAST_WORDS && opens(tokens, i, words)) close('')
    current.push(token)
    if (token.kind !== 'punctuation') words++
  }
  close('')
  return clauses
}

/** «т.е.», «руб.», «г.» and one letter before a point end nothing. */
function isAbbreviation(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]
  if (tokens[i]!.text !== '.' || before === undefined || before.to !== tokens[i]!.from) return false
  const next = tokens[i + 1]
  if (before.kind !== 'word' || next === undefined) return false
  return (
    (before.norm.length === 1 && /^\p{Ll}/u.test(next.text)) ||
    /^(?:руб|тыс|млн|ул|кв|им|см|др|mr|mrs|dr|st)$/.test(before.norm)
  )
}

function opens(tokens: readonly Token[], i: number, words: number): boolean {
  const norm = tokens[i]!.norm
  const before = tokens[i - 1]?.norm ?? ''
  // After a link or a preposition the opener belongs to what has just begun: «и сколько», «за сколько».
  if (
    LINKS.has(before) ||
    /^(?:в|во|на|за|по|с|к|от|до|из|не|вот|to|for|of|in|on|at|i|you|we|it|that|they|this|there|he|she|me|know|wondering|if|tell|see|exactly|just|also)$/.test(
      before,
    )
  ) {
    return false
  }
  if (OPENERS.has(norm)) return !/^(?:это|and|the)$/.test(before)
  if (!LINKS.has(norm)) return false
  return LINKED.test(tokens[i + 1]?.norm ?? '') || words >= LONG_WORDS || norm === 'но' || norm === 'but'
}
