/** The sentences that models are trained on: written for this project, and made by its grammars. None is anybody's. */
import { readFileSync } from 'node:fs'
import { createRandom, type Random } from '../../lib/random.ts'
import type { TextLanguage } from '../detect-language.ts'
import { expandEnglish } from './grammar-en.ts'
import { expandRussian } from './grammar-ru.ts'

export interface Sentence {
  text: string
  language: TextLanguage
  question: boolean
  weight: number
  /** Written of buying and selling: what conversations with clients are like. */
  trade: boolean
}

/** Sentences of one pattern, and what one of them weighs against a written one. */
const PER_PATTERN = 30
const GRAMMAR_WEIGHT = 0.6
/** Addresses and openings that may stand before or after anything said. */
const ADDRESSES = {
  ru: `мама|папа|доктор|дорогая|дорогой|девушка|сынок|саша|иван петрович|марья петровна|петя|товарищ майор|бабушка|шеф|вася|
слушай|слушайте|извините|простите|здравствуйте|привет|алло|сергей|наташа|оля|добрый день|ой|коллега|ребята`,
  en: `hello|hi|hey|excuse me|sorry|mum|dad|doctor|honey|sir|madam|guys|good morning|listen|john|anna|ok|right|well|yeah`,
}

const lines = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '')

function written(language: TextLanguage): Sentence[] {
  const files = language === 'ru' ? ['ru-', 'ru-trade-'] : ['en-']
  return files.flatMap(name =>
    (['questions', 'statements'] as const).flatMap(kind =>
      lines(`${name}${kind}.txt`).map(text => ({
        text,
        language,
        question: kind === 'questions',
        weight: 1,
        trade: name === 'ru-trade-',
      })),
    ),
  )
}

function made(language: TextLanguage, random: Random): Sentence[] {
  const expand = language === 'ru' ? expandRussian : expandEnglish
  return (['question', 'statement'] as const).flatMap(kind =>
    lines(`${language}-${kind}-patterns.txt`).flatMap(pattern =>
      Array.from({ length: PER_PATTERN }, () => ({
        text: expand(pattern, random),
        language,
        question: kind === 'question',
        weight: GRAMMAR_WEIGHT,
        trade: false,
      })),
    ),
  )
}

/** What speakers put between one thing and the next, and say nothing by it. */
export function readLeads(language: TextLanguage): Sentence[] {
  return lines(`${language}-leads.txt`).map(text => ({
    text,
    language,
    question: false,
    weight: 1,
    trade: false,
  }))
}

/** Whole turns as people speak, each as the texts of its clauses. */
export function readTurns(language: TextLanguage): string[][] {
  return lines(`${language}-turns.txt`).map(line => line.split(' | '))
}

/** All sentences of both languages, always the same. */
export function readCorpus(): Sentence[] {
  const random = createRandom(3)
  return (['ru', 'en'] as const).flatMap(language => [...written(language), ...made(language, random)])
}

/** Written sentences once more with an address before or after, since anything may be said to somebody. */
export function addressed(sentences: readonly Sentence[]): Sentence[] {
  const random = createRandom(7)
  return sentences
    .filter(({ weight }) => weight === 1)
    .flatMap(sentence => {
      const addresses = ADDRESSES[sentence.language].replaceAll('\n', '').split('|')
      const weight = 0.5
      return [
        ...(random.next() < 0.5
          ? [{ ...sentence, weight, text: `${random.pick(addresses)} ${sentence.text}` }]
          : []),
        ...(random.next() < 0.2
          ? [{ ...sentence, weight, text: `${sentence.text} ${random.pick(addresses)}` }]
          : []),
      ]
    })
}
