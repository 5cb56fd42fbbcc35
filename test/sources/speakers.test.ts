import { describe, expect, it } from 'vitest'
import type { TranscriptTurn } from '../../server/sources/source.ts'
import { rolesOf } from '../../server/sources/speakers.ts'

const talk = (...lines: [speaker: string | null, text: string][]): TranscriptTurn[] =>
  lines.map(([speaker, text]) => ({ speaker, text, start_ms: null, end_ms: null }))
const roles = (...args: Parameters<typeof rolesOf>) => ({
  ...Object.fromEntries(rolesOf(...args).roles),
  guessed: rolesOf(...args).guessed,
})

describe('who the speakers are', () => {
  it('names decide', () => {
    expect(roles(talk(['Менеджер Олег', 'да'], ['Клиент', 'алло']))).toEqual({
      'Менеджер Олег': 'agent',
      Клиент: 'client',
      guessed: false,
    })
    expect(roles(talk(['Agent', 'hi'], ['Customer', 'hello']))).toEqual({
      Agent: 'agent',
      Customer: 'client',
      guessed: false,
    })
  })

  it('a channel’s number is never believed: the words decide, and it is said', () => {
    const first = talk(['channel 1', 'алло здравствуйте'], ['channel 2', 'компания свет чем могу помочь'])
    const second = talk(['channel 1', 'компания свет чем могу помочь'], ['channel 2', 'алло здравствуйте'])
    expect(roles(first)).toEqual({ 'channel 1': 'client', 'channel 2': 'agent', guessed: true })
    expect(roles(second)).toEqual({ 'channel 1': 'agent', 'channel 2': 'client', guessed: true })
  })

  it('the one name left is the side that is missing', () => {
    expect(roles(talk(['Оператор', 'да'], ['Иван', 'а сколько стоит']))).toMatchObject({
      Оператор: 'agent',
      Иван: 'client',
    })
  })

  it('a lone voice without a name is the client’s', () => {
    expect(roles(talk([null, 'сколько стоит замер']))).toEqual({ '': 'client', guessed: false })
  })

  it('a person’s own mapping stands above everything', () => {
    const mapping = new Map([
      ['клиент', 'agent'],
      ['оператор', 'client'],
    ] as const)
    expect(roles(talk(['Оператор', 'да'], ['Клиент', 'нет']), mapping)).toMatchObject({
      Оператор: 'client',
      Клиент: 'agent',
    })
  })

  it('of three unknown voices one is the agent at most', () => {
    const three = talk(
      ['A', 'calls are recorded how can i help'],
      ['B', 'hello'],
      ['C', 'and i am her husband'],
    )
    expect(roles(three)).toEqual({ A: 'agent', B: 'client', C: 'client', guessed: true })
  })
})
