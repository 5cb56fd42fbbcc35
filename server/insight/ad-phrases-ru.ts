/** Russian frames of wishes, praise and questions, and what must hold for a core to be whole. See ad-phrases.ts. */
import { classOf } from '../language/word-classes.ts'
import type { CoreShape, FoundCore, Word } from './ad-core.ts'

const set = (words: string) => new Set(words.split(/\s+/))

const PERSONS = set('p1 my p2 p2p your v1 v1p v2 v2p imp imps voc p3 dem wh li know ask num lat')
/** Of these classes, words that may stand all the same. */
const HARMLESS = set('никто ничего никого нигде как можно своя свои свой')
const DEICTIC = set(
  'там тут здесь туда сюда сейчас сегодня завтра вчера опять снова уже еще также тоже хоть бы б же ж ведь вы вам оно',
)
const NUMERALS = set(
  'один одна одно два две три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто тысяча тысяч рублей процентов лет',
)
/** Shorthand of notes, verbs in the first person that their endings don't give out, and what no ad says. */
const ROUGH = set(
  'выпал выпала упал упала погиб фикс указано понятно сказать спр тел едем даем берем ждем ладно спасибо',
)
/** Look like a verb in the past, and are none. */
const NOT_PAST = set(
  'тепло светло стекло дело мало весло тело село число зло смело цело было были был была сила мебель канал материал подвал',
)
/** Nothing ends with these. */
const OPEN_ENDED = set('prep conj part neg be mod voc')
const BREAKS = set(
  'а но если когда потому потому-что поэтому хотя зато который которая которое которые сколько столько либо или',
)

const part = ({ norm }: Word) => classOf(norm, 'ru').part
const isPast = (word: Word) => ['pst', 'pstp'].includes(part(word)) && !NOT_PAST.has(word.norm)

/** Whole words, nobody addressed, nothing pointed at, no numbers: what may stand without its conversation. */
function standsAlone(words: readonly Word[], least: number, most: number): boolean {
  const last = words.at(-1)
  if (!last || words.length < least || words.length > most) return false
  if (words[0]!.norm === 'и') return false
  if (OPEN_ENDED.has(part(last)) && !/^(?:было|были|был|была)$/.test(last.norm)) return false
  return words.every(
    word =>
      (HARMLESS.has(word.norm) || !PERSONS.has(part(word)) || isNoun(word)) &&
      !ROUGH.has(word.norm) &&
      !DEICTIC.has(word.norm) &&
      !NUMERALS.has(word.norm) &&
      !BREAKS.has(word.norm) &&
      !/^(?:что|чтобы|чтоб|че|чо)$/.test(word.norm),
  )
}

/** Nouns that their endings give out for verbs. */
const NOUNS = set(
  'вид видом дети сети мебель цвет цветом свет светом дом домом летом зимой шум шумом класс пол срок договор договору смету смете воздух комфорт ремонт уют уютом',
)
const isNoun = ({ norm }: Word) => NOUNS.has(norm) || /[^аеиоуыэюя]ей$/.test(norm)

/** Up to where a second thought begins: «… тепло, а то каждую зиму мёрзнем», «… играли и я не боялась». */
function firstThought(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(
    (word, i) =>
      i > 0 &&
      (/^(?:а|но|поэтому|потому|все-таки|вот|это)$/.test(word.norm) ||
        (word.norm === 'и' && words.slice(i + 1).some(next => PERSONS.has(part(next))))),
  )
  return end === -1 ? words : words.slice(0, end)
}

/** A clause after «чтобы»: one verb in the past, or «было» with what it was, or an infinitive. */
function clause(words: readonly Word[]): boolean {
  if (!standsAlone(words, 2, 8)) return false
  const past = words.filter(isPast)
  const be = words.filter(word => /^(?:было|были|был|была)$/.test(word.norm))
  const infinitives = words.filter(word => part(word) === 'inf' && !isNoun(word))
  const modal = words.some(word => /^(?:можно|могли|мог|могла|нужно)$/.test(word.norm))
  const present = words.filter(word => part(word) === 'v3' && !isNoun(word))
  if (present.length > 0 || past.length + be.length > 1) return false
  if (infinitives.length > 0) return modal || (words.length > 2 && past.length + be.length === 0)
  if (be.length === 1) {
    // «чтобы тепло было», «чтобы все документы были»: besides the verb something that it tells of.
    return words.length >= 2 && words.some(word => part(word) !== 'prep' && !be.includes(word))
  }
  if (past.length !== 1) return false
  // «чтобы сделали» wants to know what; «чтобы не дуло» does not.
  const others = words.filter(word => word !== past[0] && !['neg', 'prep', 'adv'].includes(part(word)))
  return part(past[0]!) === 'pst' && /(?:ло|лось)$/.test(past[0]!.norm) ? true : others.length >= 1
}

/** Too wide for an ad: nobody is against it. */
const BARE = set('цена цены качество отношение стоимость результат деньги')

/** A noun phrase in the nominative: what is important. */
function thing(words: readonly Word[]): boolean {
  return (
    standsAlone(words, 1, 3) &&
    !(words.length === 1 && BARE.has(words[0]!.norm)) &&
    words.every(
      word =>
        (!isPast(word) && !['inf', 'v3', 'o', 'adv', 'neg', 'all', 'conj'].includes(part(word))) ||
        isNoun(word),
    ) &&
    part(words[0]!) !== 'prep'
  )
}

/** «смета прозрачная», «всё по смете», «сумма как в договоре»: no verb but one in the present. */
function statement(words: readonly Word[]): boolean {
  if (!standsAlone(words, 2, 6) || words.some(isPast)) return false
  const verbs = words.filter(word => ['inf', 'v3', 'mod', 'be'].includes(part(word)) && !isNoun(word))
  if (verbs.some(word => part(word) !== 'v3') || verbs.length > 1) return false
  const content = words.filter(word => !['prep', 'adv', 'all', 'conj', 'neg', 'o', 'wh'].includes(part(word)))
  return (
    content.length >= (verbs.length === 1 ? 2 : 1) && !words.slice(0, 1).some(word => part(word) === 'wh')
  )
}

/** «день в день приехали», «мусора не осталось»: done and praised. */
function said(words: readonly Word[]): boolean {
  return (
    standsAlone(words, 2, 6) &&
    words.filter(isPast).length === 1 &&
    /ли(?:сь)?$|лось$/.test(words.find(isPast)!.norm) &&
    words.every(word => !['inf', 'v3', 'be', 'mod'].includes(part(word)) || isNoun(word))
  )
}

const PRAISE =
  /(?:^| )(?:нравится|понравилось|цен(?:ю|им|ит|ят)|удобно|хорошо|приятно|здорово|порадовало|хвал(?:ю|им|ит|ила?)) (?:что|че|чо|когда) (.+)$/
const WISH = /(?:^| )(?:чтобы|чтоб) (.+)$/
const IMPORTANT =
  /(?:^| )(?:важен|важна|важно|важны|нужна|нужен|нужны|главное(?: для (?:нас|меня))?|важнее всего) (.+)$/
const FIRST = /^(?:для (?:нас|меня) )?(.+?) (?:важнее всего|важнее цены|на первом месте|самое главное)$/

/** How the client came to us, or that it was liked at all: not what was done. */
const NOT_OF_WORK =
  /понрав|посовет|рекоменд|хвал|обещ|(?:^| )(?:делали|ставили|заказывали|пришли|звонили|обратились)(?: |$)/

/** The words that a group of a match over the norms takes. */
function wordsOf(words: readonly Word[], norms: string, group: string): readonly Word[] {
  const from = norms.length - group.length
  const before = norms.slice(0, from).split(' ').filter(Boolean).length
  return words.slice(before)
}

/** The core of what is valued. */
export function russianCore(words: readonly Word[]): FoundCore {
  const norms = words.map(word => word.norm).join(' ')
  const give = (shape: CoreShape, core: readonly Word[]): FoundCore => ({ shape, words: core })
  if (/(?:^| )под ключ(?: |$)/.test(norms)) {
    const at = words.findIndex(word => word.norm === 'под')
    return give('suffix', words.slice(at, at + 2))
  }
  const wish = WISH.exec(norms)
  if (wish) {
    const core = firstThought(wordsOf(words, norms, wish[1]!))
    if (core[0]?.norm === 'без') return withoutCore(core)
    if (clause(core)) return give('clause', core)
    return statement(core) ? give('statement', core) : null
  }
  const praise = PRAISE.exec(norms)
  if (praise) {
    const core = firstThought(wordsOf(words, norms, praise[1]!))
    if (core[0]?.norm === 'без') return withoutCore(core)
    if (statement(core)) return give('statement', core)
    return said(core) ? give('said', core) : null
  }
  const first = FIRST.exec(norms)
  if (first) {
    const skipped = norms.startsWith('для ') ? 2 : 0
    const core = words.slice(skipped, skipped + first[1]!.split(' ').length)
    return thing(core) ? give('thing', core) : null
  }
  const important = IMPORTANT.exec(norms)
  if (important) {
    const core = wordsOf(words, norms, important[1]!)
    if (core[0]?.norm === 'без') return withoutCore(core)
    return thing(core) ? give('thing', core) : null
  }
  return said(words) && !NOT_OF_WORK.test(norms) ? give('said', words) : null
}

/** «без грязи», «без срыва сроков»: a preposition with one or two nouns. */
function withoutCore(words: readonly Word[]): FoundCore {
  const [, ...nouns] = words
  const fits =
    nouns.length >= 1 &&
    nouns.length <= 2 &&
    standsAlone(nouns, 1, 2) &&
    nouns.every(word => part(word) !== 'prep')
  return fits ? { shape: 'without', words } : null
}

const ASKS =
  /^(?:сколько|какой|какая|какие|какое|какую|когда|чем отличается|чем отличаются|что входит|во сколько|с какой|на какой|за сколько)$/
const NOTES = set(
  'спр спрашивает спрашивала спрашивали спросил спросила уточняет интересует интересуется вопрос а и еще',
)

/** A whole question of two to seven words; what a manager's note says before it goes. */
export function russianQuestion(words: readonly Word[]): FoundCore {
  const start = words.findIndex(word => !NOTES.has(word.norm))
  const core = words.slice(Math.max(start, 0))
  const [first, second] = core
  if (!first || !second || core.length > 7) return null
  const asks = second.norm === 'ли' || ASKS.test(first.norm) || ASKS.test(`${first.norm} ${second.norm}`)
  const rest = core.filter(
    word => !(word.norm === 'ли' || ASKS.test(word.norm) || /^(?:чем|что|во|с|на|за)$/.test(word.norm)),
  )
  if (!asks || rest.length === 0) return null
  if (
    rest.some(isPast) ||
    rest.some(word => DEICTIC.has(word.norm) || (NUMERALS.has(word.norm) && word.norm !== 'лет'))
  )
    return null
  if (
    rest.some(
      word => PERSONS.has(part(word)) && !isNoun(word) && !/^(?:отличается|отличаются)$/.test(word.norm),
    )
  )
    return null
  if (OPEN_ENDED.has(part(core.at(-1)!)) || BREAKS.has(core.at(-1)!.norm)) return null
  // «какой» alone asks for a noun; an adjective at the end waits for one.
  return part(core.at(-1)!) === 'adj' ? null : { shape: 'question', words: core }
}
