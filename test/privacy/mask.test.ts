import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPersonalData, maskText, toMasked, toOriginal } from '../../server/privacy/mask.ts'
import { compare, parseMarked, readLabelled, type Score } from './labelled.ts'

const masked = (text: string, options = {}) => maskText(text, options).text

describe('masking', () => {
  it.each([
    [
      'меня зовут наталья сергеевна мой номер восемь девятьсот ноль ноль ноль двенадцать тридцать четыре',
      'меня зовут [имя] мой номер [телефон]',
    ],
    ['Передайте Дмитрию Алексеевичу, что звонил Кочетков П.И.', 'Передайте [имя], что звонил [имя]'],
    [
      'почта иванов собака яндекс точка ру, адрес улица садовая дом пять квартира восемь',
      'почта [почта], адрес [адрес]',
    ],
    ['г. Тула, ул. Кирова, д. 16, кв. 4 — домофон потом', '[адрес] — домофон потом'],
    [
      'Карта 2200 0000 0000 0004, ИНН 7707083893, СНИЛС 112-233-445 95',
      'Карта [карта], ИНН [ИНН], СНИЛС [СНИЛС]',
    ],
    [
      'паспорт 00 08 123456, 12.05.1984 г.р., авто А123ВС 71',
      'паспорт [паспорт], [дата рождения] г.р., авто [номер авто]',
    ],
    [
      'Договор № ОК-4521 от 12.03.2026, ник @okna_fan, vk.com/id12345',
      'Договор [номер] от 12.03.2026, ник [ник], [ссылка]',
    ],
    ['р/с 40817810000000000001 в банке', 'р/с [счёт] в банке'],
    [
      'My name is James Whitaker, call 07700 900123 or mail j.w@example.com',
      'My name is [name], call [phone] or mail [email]',
    ],
    ['john dot smith at gmail dot com, 14 Mill Lane, Leeds LS2 9JT', '[email], [address]'],
  ])('%s', (text, expected) => {
    expect(masked(text)).toBe(expected)
    expect(masked(expected)).toBe(expected)
  })

  it.each([
    'окно 1400х1200, створка 700, подоконник 250 мм, цена 89 260 руб.',
    'монтаж 15.04.2026 в 14:30, гарантия 5 лет, скидка 10 % до 31.12.2026',
    'площадь 54,6 кв. м, этаж 7 из 9, дом кирпичный 1985 года',
    'Rehau Grazio 70, стеклопакет 4-16-4-16-4И, арт. 89261234, RAL 7016, ГОСТ 30674-99',
    'ООО «Светлый дом» работает в Туле и Калуге, салон «Анна» рядом с метро Пушкинская',
    'нет надежды, что в мае будет готов заказ на 5 окон, слава богу, света хватает',
    'восемь окон по девятьсот двадцать шесть рублей, сто двадцать три сантиметра',
    'договор на пять лет, счёт на 120 000 рублей, предоплата 30 %',
    'https://okna.example/catalog/softline и www.okna.example/ceny',
    'will you be able to fit it in may or june, the total is £12,500.00',
    'SKU 4006381333931, model VX-200, U value 1.4, 10 year guarantee, version 2.10.4',
    'two minutes down the road, 1930s semi with 12 windows, visit www.panes.example',
  ])('leaves as it is: %s', text => {
    expect(maskText(text)).toEqual({ text, spans: [], pieces: [] })
  })

  it('calls the client by their number, whatever case or short form their name stands in', () => {
    const options = { knownNames: ['Белоконь Игнат Львович'], alias: 14 }
    expect(masked('это игнату белоконю, спросите Игната Львовича или Олега', options)).toBe(
      'это Клиент 14, спросите Клиент 14 или [имя]',
    )
    // A name that no dictionary has, with no word around it that says so.
    expect(masked('скажите Хлебодарову', { knownNames: ['Хлебодаров'], alias: 3 })).toBe('скажите Клиент 3')
    expect(masked('катюша ждёт', { knownNames: ['Екатерина'], alias: 3 })).toBe('Клиент 3 ждёт')
    expect(masked('ask Okonjo please', { knownNames: ['Okonjo'], alias: 7 })).toBe('ask Client 7 please')
    expect(masked('ask Okonjo please', { knownNames: ['Okonjo'], language: 'ru' })).toBe('ask [имя] please')
  })

  it('leads places of the masked text back to the original', () => {
    const text = 'Это Олег, мой номер 8 900 000-12-34, жду в среду'
    const result = maskText(text)
    expect(result.text).toBe('Это [имя], мой номер [телефон], жду в среду')
    const at = result.text.indexOf('жду')
    expect(text.slice(toOriginal(result, at), toOriginal(result, at + 11))).toBe('жду в среду')
    expect(toMasked(result, text.indexOf('жду'))).toBe(at)
    expect(toOriginal(result, result.text.indexOf('имя'))).toBe(text.indexOf('Олег'))
    expect(
      result.pieces.map(piece => [
        text.slice(piece.from, piece.to),
        result.text.slice(piece.maskedFrom, piece.maskedTo),
      ]),
    ).toEqual([
      ['Олег', '[имя]'],
      ['8 900 000-12-34', '[телефон]'],
    ])
  })
})

/** Pieces of speech from which hostile and ordinary texts are put together. */
const pieces = fc.oneof(
  fc.constantFrom(
    'меня зовут',
    'Олег',
    'иванова',
    'Петровна',
    'вера',
    'номер',
    'телефон',
    'восемь',
    'девятьсот',
    'двадцать',
    'ноль',
    'собака',
    'точка ру',
    'яндекс',
    'улица',
    'Ленина',
    'дом',
    'кв.',
    '12',
    '8',
    '926',
    '123-45-67',
    '+7',
    '(495)',
    '@',
    'паспорт',
    '4508',
    '123456',
    'договор №',
    'г.р.',
    '12.03.1985',
    'А123ВС77',
    '[имя]',
    '[телефон]',
    'Клиент 14',
    'Client 7',
    'my name is',
    'James',
    'street',
    'at gmail dot com',
    'card',
    '4000 0000 0000 0002',
    '.',
    ',',
    '-',
    '/',
    '«',
    '"',
    '№',
    'р/с',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
)
const texts = fc
  .array(fc.tuple(pieces, fc.constantFrom(' ', ' ', ' ', '', '\n', '\u00a0')), { maxLength: 25 })
  .map(parts => parts.map(part => part.join('')).join(''))

describe('for any text', () => {
  it('masking what is masked changes nothing, and places fit', () => {
    const options = fc.constantFrom(
      {},
      { knownNames: ['Олег Иванов'], alias: 14 },
      { language: 'en' as const },
      { knownNames: ['Вера'] },
    )
    fc.assert(
      fc.property(texts, options, (text, given) => {
        const first = maskText(text, given)
        const language = given.language ?? (/[а-яё]/i.test(text) ? 'ru' : 'en')
        expect(maskText(first.text, { ...given, language }).text).toBe(first.text)
        let end = 0
        for (const { from, to } of first.spans) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          end = to
        }
        expect(end).toBeLessThanOrEqual(text.length)
        // What is not masked is the original, character by character.
        let rest = first.text
        for (const { maskedFrom, maskedTo } of first.pieces.toReversed())
          rest = rest.slice(0, maskedFrom) + rest.slice(maskedTo)
        let kept = text
        for (const { from, to } of first.spans.toReversed()) kept = kept.slice(0, from) + kept.slice(to)
        expect(rest).toBe(kept)
      }),
      { numRuns: 600 },
    )
  })

  it('no phone, e-mail or card in digits survives, whatever stands around it', () => {
    const around = fc
      .array(
        fc.constantFrom(
          'запишите',
          'мой',
          'цена',
          'окно',
          'рублей',
          'в',
          '5',
          'балкон',
          'call',
          'me',
          'price',
          'Вера',
          'это',
          ',',
          'улица',
          'дом 5',
          'договор',
          'инн',
          '—',
        ),
        { maxLength: 5 },
      )
      .map(words => words.join(' '))
    const digits = (n: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map(list => list.join(''))
    const phone = fc
      .tuple(
        fc.constantFrom('900', '926', '495', '812'),
        digits(3),
        digits(2),
        digits(2),
        fc.integer({ min: 0, max: 6 }),
      )
      .map(
        ([a, b, c, d, form]) =>
          [
            `8${a}${b}${c}${d}`,
            `+7${a}${b}${c}${d}`,
            `8 (${a}) ${b}-${c}-${d}`,
            `+7 ${a} ${b}-${c}-${d}`,
            `8-${a}-${b}-${c}-${d}`,
            `8 ${a} ${b} ${c} ${d}`,
            `7${a}${b}${c}${d}`,
          ][form]!,
      )
    const email = fc
      .tuple(
        fc.stringMatching(/^[a-z][a-z0-9._-]{0,12}[a-z0-9]$/),
        fc.constantFrom('example.com', 'mail.example.ru', 'почта.рф'),
      )
      .map(parts => parts.join('@'))
    const card = fc.tuple(digits(15), fc.constantFrom('', ' ', '-')).map(([body, gap]) => {
      const number = `4${body.slice(1)}`
      const sum = [...number].reduce((total, digit, i) => {
        const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1)
        return total + (doubled > 9 ? doubled - 9 : doubled)
      }, 0)
      return `${number}${(10 - (sum % 10)) % 10}`.match(/\d{4}/g)!.join(gap)
    })
    fc.assert(
      fc.property(around, fc.oneof(phone, email, card), around, (before, secret, after) => {
        const { text } = maskText(`${before} ${secret} ${after}`)
        expect(text).not.toContain(secret)
        const digits = secret.replace(/\D/g, '')
        if (digits.length > 9) expect(text.replace(/\D/g, '')).not.toContain(digits.slice(-7))
      }),
      { numRuns: 600 },
    )
  })

  it('takes linear time on texts made to be slow', () => {
    const n = 20_000
    const hostile = [
      '1 '.repeat(n),
      '('.repeat(n),
      '1('.repeat(n),
      '@'.repeat(n),
      'a@'.repeat(n),
      'a.'.repeat(n),
      'восемь '.repeat(n),
      'дом 1 '.repeat(n),
      'ул. Ленина, '.repeat(n / 3),
      'Иванов '.repeat(n),
      'И.'.repeat(n),
      'собака '.repeat(n),
      'точка ру '.repeat(n),
      'родился '.repeat(n),
      'договор № '.repeat(n),
      'http://'.repeat(n),
      `http://a?${'id'.repeat(n)}`,
      `http://a/${'a-'.repeat(n)}`,
      'AA11'.repeat(n),
      'AA11 '.repeat(n),
      'а'.repeat(n * 3),
      'ов'.repeat(n),
      '\u0301'.repeat(n),
      '\ud83d'.repeat(n),
      '[имя]'.repeat(n),
      'г. '.repeat(n),
      'Flat 1, '.repeat(n / 2),
      '+7 '.repeat(n),
    ]
    for (const text of hostile) expect(typeof maskText(text).text).toBe('string')
  })
})

describe('on the labelled utterances', () => {
  const labelled = readLabelled()
  const total = (rows: typeof labelled): Score => {
    const sum: Score = { gold: 0, found: 0, sameKind: 0, predicted: 0, right: 0 }
    for (const { text, spans } of rows) {
      const score = compare(spans, findPersonalData(text))
      for (const name of Object.keys(sum) as (keyof Score)[]) sum[name] += score[name]
    }
    return sum
  }

  it('are six hundred or more with fifteen hundred spans or more', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(600)
    expect(labelled.reduce((sum, row) => sum + row.spans.length, 0)).toBeGreaterThanOrEqual(1500)
    expect(parseMarked('это [[name:Олег]], да')).toEqual({
      text: 'это Олег, да',
      spans: [{ from: 4, to: 8, kind: 'name' }],
    })
  })

  it.each([
    ['ru', 'dev'],
    ['ru', 'held'],
    ['en', 'dev'],
    ['en', 'held'],
  ])('%s, part %s: recall .97, precision .93', (language, part) => {
    const score = total(labelled.filter(row => row.language === language && row.part === part))
    expect(score.found / score.gold).toBeGreaterThanOrEqual(0.97)
    expect(score.right / score.predicted).toBeGreaterThanOrEqual(0.93)
    expect(score.sameKind / score.found).toBeGreaterThanOrEqual(0.97)
  })

  it('every card, e-mail and phone in digits is found', () => {
    const missed = labelled.flatMap(({ id, text, spans }) => {
      const sure = spans.filter(
        span =>
          ['card', 'email'].includes(span.kind) ||
          (span.kind === 'phone' && /\d/.test(text.slice(span.from, span.to))),
      )
      const score = compare(sure, findPersonalData(text))
      return score.found === score.gold ? [] : [id]
    })
    expect(missed).toEqual([])
  })
})
