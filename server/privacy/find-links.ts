/** E-mails, written and said aloud, links that lead to a person, names in messengers. */
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import { MAIL, MESSENGER } from './word-classes.ts'

const LOCAL = /[\p{L}\p{N}._%+'-]/u
const DOMAIN = /[\p{L}\p{N}._-]/u

/** Written e-mails and @handles: out from each @, so that a text of any length is read once. */
export function findAddressesWithAt(text: string): Span[] {
  const spans: Span[] = []
  let done = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let from = at
    while (from > done && at - from < 64 && LOCAL.test(text[from - 1]!)) from--
    let to = at + 1
    while (to < text.length && to - at < 255 && DOMAIN.test(text[to]!)) to++
    while (to > at + 1 && /[.-]/.test(text[to - 1]!)) to--
    // «ivan @ mail.ru»: a space on either side, if a whole domain follows.
    let spaced = { from, to }
    if (from === at || to === at + 1) spaced = aroundSpaces(text, at, done)
    const domain = text.slice(at + 1, to)
    if (from < at && /\.[\p{L}\d-]{2,}$/u.test(domain)) spans.push({ from, to, kind: 'email' })
    else if (spaced.from < at && spaced.to > to) spans.push({ ...spaced, kind: 'email' })
    else if (from < at && domain.length > 1) spans.push({ from, to, kind: 'email' })
    else if (from === at && /^[a-z_][\w.]{2,}$/i.test(domain)) spans.push({ from, to, kind: 'handle' })
    else continue
    done = spans.at(-1)!.to
    at = done - 1
  }
  return spans
}

function aroundSpaces(text: string, at: number, done: number): { from: number; to: number } {
  let from = text[at - 1] === ' ' ? at - 1 : at
  const end = from
  while (from > done && end - from < 64 && LOCAL.test(text[from - 1]!)) from--
  if (from === end) from = at
  let to = text[at + 1] === ' ' ? at + 2 : at + 1
  const begin = to
  while (to < text.length && to - begin < 255 && DOMAIN.test(text[to]!)) to++
  while (to > begin && /[.-]/.test(text[to - 1]!)) to--
  return /^[a-z\d-]+\.(?:ru|com|net|org|su|by|kz|uk|рф)$/i.test(text.slice(begin, to))
    ? { from, to }
    : { from: at, to: at + 1 }
}

const WEB =
  /(?:https?:\/\/|www\.|(?<![\p{L}\p{N}@.])(?:t\.me|wa\.me|vk\.com|vk\.me|ok\.ru|instagram\.com|facebook\.com|fb\.com|linkedin\.com|tg:\/\/)[/?])[^\s<>"«»]{1,2000}/giu
/** Profiles and chats: the path is a person. */
const PROFILE =
  /^(?:https?:\/\/)?(?:www\.|m\.)?(?:t\.me|wa\.me|vk\.com|vk\.me|ok\.ru|instagram\.com|facebook\.com|fb\.com|linkedin\.com)\/.{2,}|^tg:\/\//i
/** A query that names a person or opens something of theirs. */
const PERSONAL_QUERY =
  /[?&#;](?:[\w-]{0,30}(?:id|uid|token|key|hash|session|sid|phone|tel|email|mail|user|client|order|invoice|contract|yclid|gclid|fbclid)[\w-]{0,30})=[^&]{2,}/i
/** A part of a path that is a number or key of something: five digits or more, or a long mixture. */
const PERSONAL_PATH = /\/(?:id)?\d{5,}(?=[/?#]|$)|\/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{16,}(?=[/?#]|$)|@/i

/** Links with ids; a page that anybody may open stays. */
export function findLinks(text: string): Span[] {
  if (!/[/.]/.test(text)) return []
  const spans: Span[] = []
  for (const match of text.matchAll(WEB)) {
    const url = match[0].replace(/[.,;:!?)\]'’]+$/, '')
    if (!PROFILE.test(url) && !PERSONAL_QUERY.test(url) && !PERSONAL_PATH.test(url)) continue
    spans.push({ from: match.index, to: match.index + url.length, kind: 'url' })
  }
  return spans
}

/** «телеграм sveta_okna77», skype: live:name: a Latin word with a sign of being made up, after a messenger's name. */
export function findHandles(tokens: readonly Token[], text: string): Span[] {
  const spans: Span[] = []
  tokens.forEach((token, at) => {
    if (!(token.classes & MESSENGER)) return
    let i = at + 1
    for (let skipped = 0; skipped < 4 && i < tokens.length; i++, skipped++) {
      const next = tokens[i]!
      if (next.kind === 'mask') return
      if (next.classes & MESSENGER) return
      const end = endOfHandle(tokens, i)
      const word = text.slice(next.from, tokens[end - 1]!.to)
      if (isHandle(word)) {
        const at = tokens[i - 1]!.plain === '@' ? tokens[i - 1]!.from : next.from
        spans.push({ from: at, to: tokens[end - 1]!.to, kind: 'handle' })
        return
      }
      const isLink =
        next.kind === 'sign' || /^(?:ник|в|у|меня|мой|это|is|my|it|s|on|as|name|live|id)$/.test(next.plain)
      if (!isLink) return
    }
  })
  return spans
}

function endOfHandle(tokens: readonly Token[], at: number): number {
  let end = at + 1
  while (end < tokens.length && tokens[end]!.joined && end - at < 12 && /^[\w.:-]+$/.test(tokens[end]!.text))
    end++
  while (end > at + 1 && /^[.:-]$/.test(tokens[end - 1]!.plain)) end--
  return end
}

const isHandle = (word: string) => /^[a-z][\w.:-]{3,40}$/i.test(word) && /[\d_.:]|[a-z][A-Z]/.test(word)

const AT_WORDS = new Set(['собака', 'собачка', 'эт', 'at'])
const DOT_WORDS = new Set(['точка', 'dot', '.'])
const ENDINGS = new Set(
  'ру ru ком com рф нет net орг org инфо info бай by кз kz су su uk co io me онлайн online ио ua example'.split(
    ' ',
  ),
)
/** Services that are said without «точка»: «майл ру». */
const SERVICES = new Set(
  'яндекс yandex майл мэйл мейл mail гмейл джимейл жмейл gmail рамблер rambler инбокс inbox бк bk лист list аутлук outlook hotmail yahoo хотмейл icloud айклауд'.split(
    ' ',
  ),
)
/** Words that join parts of an address. */
const JOINTS = new Set(
  'точка тире дефис минус подчеркивание нижнее нижнего dot dash hyphen underscore minus . - _'.split(' '),
)
/** Words before an address that do not belong to it. */
const BEFORE = new Set(
  "почта почту почте почты мой моя моей мое наша наш это мейл мэйл email e mail имейл емейл на адрес пишите пишу напишите записывайте запишите запиши будет такая такой значит электронная электронную электронной скиньте пришлите отправьте отправляйте и или а вот там к in is it it's s my the to at address send me email on that that's yes да ну так сюда присылайте скинь пришли раз еще повторяю продублируйте".split(
    ' ',
  ),
)
/** Words of an address's first part: names and numbers in words among them. */
const MOST_LOCAL = 7

/** «иванов собака яндекс точка ру», john dot smith at gmail dot com, and mixtures with written parts. */
export function findSpokenEmails(tokens: readonly Token[]): Span[] {
  const spans: Span[] = []
  let done = 0
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || !AT_WORDS.has(token.plain) || at < done || at === 0) return
    const end = endOfDomain(tokens, at + 1)
    if (end === -1) return
    const start = startOfLocal(tokens, at, done)
    if (start === at) return
    spans.push({ from: tokens[start]!.from, to: tokens[end - 1]!.to, kind: 'email' })
    done = end
  })
  // «ivanov@yandex точка ру»
  tokens.forEach((token, at) => {
    if (token.plain !== '@' || at === 0 || at < 1) return
    const dot = tokens[at + 2]
    if (dot === undefined || !DOT_WORDS.has(dot.plain) || dot.kind !== 'word') return
    const ending = tokens[at + 3]
    if (ending && ENDINGS.has(ending.plain))
      spans.push({ from: tokens[at - 1]!.from, to: ending.to, kind: 'email' })
  })
  return spans
}

/** The token after a domain that begins at `at`, -1 when none does. */
function endOfDomain(tokens: readonly Token[], at: number): number {
  for (let i = at; i < Math.min(at + 5, tokens.length); i++) {
    const token = tokens[i]!
    if (token.kind === 'mask') return -1
    const next = tokens[i + 1]
    if (i > at && DOT_WORDS.has(token.plain) && next && ENDINGS.has(next.plain)) {
      const more = tokens[i + 2]
      const last = tokens[i + 3]
      return more && DOT_WORDS.has(more.plain) && last && ENDINGS.has(last.plain) ? i + 4 : i + 2
    }
    if (SERVICES.has(token.plain) && next && /^(?:ру|ком|ru|com)$/.test(next.plain)) return i + 2
    if (token.kind === 'sign' && !/^[.-]$/.test(token.plain)) return -1
  }
  return -1
}

function startOfLocal(tokens: readonly Token[], at: number, done: number): number {
  let start = at
  for (let i = at - 1; i >= Math.max(done, at - MOST_LOCAL); i--) {
    const token = tokens[i]!
    const isJoint = JOINTS.has(token.plain)
    if (token.kind === 'mask' || (token.kind === 'sign' && !isJoint)) break
    if (
      !isJoint &&
      (BEFORE.has(token.plain) || token.classes & MAIL) &&
      !JOINTS.has(tokens[i + 1]?.plain ?? '') &&
      // «sidorov точка к собака»: behind a joint even a preposition is a part.
      !JOINTS.has(tokens[i - 1]?.plain ?? '')
    )
      break
    start = i
  }
  // An address does not begin with «точка».
  while (start < at && /^[.-]$/.test(tokens[start]!.plain)) start++
  return start
}
