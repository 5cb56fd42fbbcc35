import { describe, expect, it } from 'vitest'
import { accounts as accountsEn } from '../../../web/text/en/accounts.ts'
import { en } from '../../../web/text/en/app.ts'
import { care as careEn } from '../../../web/text/en/care.ts'
import { editions as editionsEn } from '../../../web/text/en/editions.ts'
import { accounts as accountsRu } from '../../../web/text/ru/accounts.ts'
import { ru } from '../../../web/text/ru/app.ts'
import { care as careRu } from '../../../web/text/ru/care.ts'
import { editions as editionsRu } from '../../../web/text/ru/editions.ts'

/** `notebook.done` -> its text or function. */
function flatten(catalogue: object, path = ''): Map<string, unknown> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? [...flatten(value, `${path}${key}.`)]
        : [[`${path}${key}`, value] as const],
    ),
  )
}

const [english, russian] = [
  flatten({ ...en, accounts: accountsEn, care: careEn, editions: editionsEn }),
  flatten({ ...ru, accounts: accountsRu, care: careRu, editions: editionsRu }),
]
/** A call with plausible values: counts, days, names. */
const say = (text: unknown): string =>
  typeof text === 'function'
    ? text(...(text.length === 0 ? [] : [2, 'day', 3].slice(0, text.length)))
    : String(text)

describe('texts of the workbench', () => {
  it('have the same keys of the same kind in both languages', () => {
    expect([...russian.keys()].sort()).toEqual([...english.keys()].sort())
    const kinds = (texts: Map<string, unknown>) =>
      [...texts].map(([key, text]) => `${key}: ${typeof text}`).sort()
    expect(kinds(russian)).toEqual(kinds(english))
  })

  it('say something, in their own letters, without exclamation', () => {
    const latin = new Set(['inputs.last'])
    for (const [key, text] of russian) {
      expect(say(text).trim(), key).not.toBe('')
      expect(say(text), key).not.toMatch(/!/)
      if (!latin.has(key)) expect(say(text), key).toMatch(/[а-яё]|^\S+ из \S+$|^CSV/i)
    }
    for (const [key, text] of english) {
      expect(say(text).trim(), key).not.toBe('')
      expect(say(text), key).not.toMatch(/[а-яё!]/i)
    }
  })

  it('put Russian words in the form that goes with their number', () => {
    const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
    expect([1, 2, 5, 21].map(n => plain(ru.notebooks.clients(n)))).toEqual([
      '1 клиент',
      '2 клиента',
      '5 клиентов',
      '21 клиент',
    ])
    expect([1, 3, 11].map(n => plain(ru.inputs.last(n, 'year')))).toEqual(['1 год', '3 года', '11 лет'])
    expect([1, 2, 5].map(n => plain(ru.upload.take(n)))).toEqual([
      'Загрузить 1 строку',
      'Загрузить 2 строки',
      'Загрузить 5 строк',
    ])
    expect([1, 2].map(n => plain(en.upload.canRead(n)))).toEqual([
      '1 row can be taken',
      '2 rows can be taken',
    ])
  })
})
