/**
 * A group's name: of what clients said in just these words, the text that says most of what all say and little else, short
 * and whole. A slip of the pen or a detail of one client's own is a word that the others don't have, and tells against it.
 */
import { stemWords } from '../../language/stem-words.ts'
import { findPersonalData, maskText } from '../../privacy/mask.ts'
import { heftOf } from '../light-words.ts'

/** Words of a good name: fewer say too little, more are a story. */
const LEAST = 3
const MOST = 9
/** Words that say what about: one alone may mean anything. */
const TELLING = 2
/** What is said before the point and after it, in Russian and English: a name is the words between. */
const RUSSIAN =
  'ну|э+|эм+|а|и|или|же|это|так|вот|в общем|это самое|короче|да|скажите|подскажите|расскажите|не подскажете|пожалуйста|ещё|еще|(?:такой )?вопрос(?: такой)?|можно (?:ли )?(?:узнать|спросить|уточнить)|(?:я )?(?:хотел\\S*|хочу|хотелось)(?: бы)?(?: это)? (?:узнать|понять|спросить|уточнить)|здравствуйте|добрый (?:день|вечер)'
const ENGLISH =
  'um|uh|so|well|hi|hey|hello|yes|yeah|ok|okay|and|oh|please|(?:can|could) (?:you|i) (?:tell me|ask(?: you)?)|(?:just )?a? ?question|i (?:wanted|want|would like|was going) to (?:know|ask)(?: you)?'
const LEAD_IN = new RegExp(`^(?:(?:${RUSSIAN}|${ENGLISH})(?=[\\s,.!—-])[\\s,.!—-]+)+`, 'i')
const LEAD_OUT = new RegExp(`(?:[\\s,.!—-]+(?:${RUSSIAN}|${ENGLISH}))+[\\s,.!—-]*$`, 'i')
/** Words after which something is still to come, or before which something was. */
const CUT_OFF =
  /^(?:же|ли|бы|такой|что|чтобы|который|из|для|you|it|that|of)\s|\s(?:был|была|было|были|есть ли|про|на|в|с|и|а|или|за|по|от|до|из|у|к|что|чтобы|как|это|важно|the|a|of|to|and|or|is|are|was|for|with)$/i

export interface Candidate {
  text: string
  /** Likeness to the group, and how many clients said just this. */
  score: number
  clients: number
}

/**
 * The words that name a group best, with a capital letter: cut from what a client said, and free of personal data.
 * Candidates must not be empty.
 */
export function chooseLabel(candidates: readonly Candidate[]): string {
  const names = candidates.map(({ text }) => toName(text))
  const told = names.map(tellingStems)
  const shares = new Map<string, number>()
  const clients = candidates.reduce((sum, candidate) => sum + candidate.clients, 0)
  for (const [i, stems] of told.entries())
    for (const stemmed of stems)
      shares.set(stemmed, (shares.get(stemmed) ?? 0) + candidates[i]!.clients / clients)
  const rank = (i: number) => {
    const { score, clients: said } = candidates[i]!
    const stems = told[i]!
    const words = names[i]!.split(/\s+/).length
    const length = words < LEAST ? words / LEAST : words <= MOST ? 1 : MOST / words
    const common = stems.reduce((sum, stemmed) => sum + shares.get(stemmed)!, 0) / Math.max(1, stems.length)
    const telling = Math.min(1, 0.4 + (0.6 * stems.length) / TELLING)
    const clean = (CUT_OFF.test(names[i]!) ? 0.6 : 1) * (/<|\d{3}/.test(names[i]!) ? 0.7 : 1)
    return (0.3 + score) * (0.15 + common) * length * telling * clean * (1 + 0.1 * Math.log(said))
  }
  const ranked = names.map((name, i) => ({ name, rank: rank(i) })).sort((a, b) => b.rank - a.rank)
  const best = ranked.find(({ name }) => findPersonalData(name).length === 0)?.name
  return capitalise(best ?? maskText(ranked[0]!.name).text)
}

/** The words without what only leads to them or away; all of them where nothing else is left. */
function toName(text: string): string {
  const whole = text.trim()
  const bare = whole.replace(LEAD_IN, '').replace(LEAD_OUT, '').trim()
  return tellingStems(bare).length > 0 && /\s/.test(bare) ? bare : whole
}

const capitalise = (text: string) => text.replace(/^\p{Ll}/u, letter => letter.toUpperCase())

const tellingStems = (text: string) => stemWords(text, norm => heftOf(norm) === 'full')
