/** Norms -> the numbers by which classifiers know words: part, form, ending and the word itself; memoised. */
import { fnv1a } from '../lib/hash.ts'
import type { TextLanguage } from './detect-language.ts'
import { isStopword } from './stopwords.ts'
import { classOf } from './word-classes.ts'

export interface ClauseWord {
  part: number
  form: number
  ending: number
  word: number
  /** May stand before what is said: «а», «ну», «слушайте», an address. */
  leads: boolean
  /** An interrogative. */
  wh: boolean
  /** Something that questions are made with: an interrogative, ли, a modal word, «you». */
  sign: boolean
  /** Says nothing about what a clause is about: stop words, and interrogatives by themselves. */
  idle: boolean
}

const LEADS = new Set(
  `а и ну но да так вот нет то ой эй ах ага тогда слушай слушайте извините простите извини прости пожалуйста привет алло
  здравствуйте хорошо ладно кстати значит добрый день and so but well ok okay hi hello hey yes yeah no please sorry oh um uh
  alright right now then also`.split(/\s+/),
)
const SIGNS = new Set([
  'wh',
  'li',
  'p2',
  'p2p',
  'your',
  'v2',
  'v2p',
  'mod',
  'be',
  'know',
  'ask',
  'aux',
  'you',
])
const ASKING = new Set(['а', 'или', 'правда', 'точно', 'что-то', 'or', 'any', 'anyone', 'anything'])
/** Interrogatives and the like: they ask, but not about anything. */
const IDLE = new Set(
  `кто что чего чему чем какой какая какое какие сколько почему зачем где куда откуда когда как ли не ни нет можно надо нужно
  разве неужели что-то еще может what how when where why which who can could no not much many long any some`.split(
    /\s+/,
  ),
)
const words = { ru: new Map<string, ClauseWord>(), en: new Map<string, ClauseWord>() }
/** Words kept; speech has fewer than this, garbage has no end. */
const MEMORY = 100_000

const edge = (id: number): ClauseWord => ({
  part: id,
  form: id,
  ending: id,
  word: id,
  leads: false,
  wh: false,
  sign: false,
  idle: true,
})
/** Stand for what is before the first word and after the last. */
export const START = edge(17)
export const END = edge(19)

/** What a norm is to the classifiers of a language. */
export function toClauseWord(norm: string, language: TextLanguage): ClauseWord {
  let word = words[language].get(norm)
  if (!word) {
    const { part, form } = classOf(norm, language)
    word = {
      part: fnv1a(`${language}.${part}`),
      form: fnv1a(`${language}:${form}`),
      ending: fnv1a(`-${norm.slice(-3)}`),
      word: fnv1a(`=${norm}`),
      leads: part === 'voc' || LEADS.has(norm),
      wh: part === 'wh',
      sign: SIGNS.has(part) || ASKING.has(norm),
      idle: IDLE.has(norm) || isStopword(norm),
    }
    if (words[language].size >= MEMORY) words[language].clear()
    words[language].set(norm, word)
  }
  return word
}

/** The place of a feature among 2^bits: its kind and up to three values, mixed. Source: the finaliser of MurmurHash3. */
export function place(bits: number, kind: number, a: number, b = 0, c = 0): number {
  let h = Math.imul(kind + 1, 0x9e3779b1) ^ a
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) ^ b
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) ^ c
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  return (h ^ (h >>> 15)) & ((1 << bits) - 1)
}
