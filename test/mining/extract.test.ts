import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extract } from '../../server/mining/extract.ts'

const said = (text: string, speaker = 'client') =>
  extract([{ n: 0, speaker, text }]).map(({ kind, from, to }) => `${kind}: ${text.slice(from, to)}`)

describe('extraction from running speech', () => {
  it('finds two questions in one unpunctuated turn, with tight spans', () => {
    expect(
      said(
        'ну да я понял слушайте а вот скажите монтаж он входит в эту цену или отдельно считается и еще по срокам сколько ждать',
      ),
    ).toEqual([
      'question: скажите монтаж он входит в эту цену или отдельно считается',
      'question: по срокам сколько ждать',
    ])
  })

  it.each([
    [
      'алло здравствуйте мне нужно перевезти пианино сколько это будет стоить',
      ['question: сколько это будет стоить'],
    ],
    ['угу понятно и ещё такой вопрос гарантия какая', ['question: гарантия какая']],
    ['Доброе утро! 😀 А ёлку вы доставите завтра?', ['question: А ёлку вы доставите завтра']],
    ['э ну а рассрочка э есть', ['question: а рассрочка э есть']],
    ['понятно спасибо дорого получается надо подумать', ['objection: дорого получается надо подумать']],
    ['да хорошо нам важно чтобы было тихо', ['value: нам важно чтобы было тихо']],
    ['hi i bought a laptop from you last week how do i return it', ['question: how do i return it']],
    ['i found it cheaper elsewhere', ['objection: i found it cheaper elsewhere']],
    ['my sister recommended you', ['value: my sister recommended you']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })

  it.each([
    'алло вы меня слышите',
    'как вас зовут',
    'меня зовут ольга',
    'да да конечно',
    'угу',
    'завтра после обеда',
    'can you hear me',
    'thank you bye',
    '',
    '👍',
  ])('finds nothing in: %s', text => {
    expect(said(text)).toEqual([])
  })

  it('takes needs and problems that are stated, not asked', () => {
    expect(said('не могу войти в личный кабинет')).toEqual(['question: не могу войти в личный кабинет'])
    expect(said('Прошу вернуть деньги за билет')).toEqual(['question: Прошу вернуть деньги за билет'])
    expect(said('my card was charged twice')).toEqual(['question: my card was charged twice'])
  })

  it('never takes what the agent says', () => {
    expect(said('сколько вам нужно окон', 'agent')).toEqual([])
  })
})

describe('values', () => {
  const reply = (agent: string, client: string) =>
    extract([
      { n: 0, speaker: 'agent', text: agent },
      { n: 1, speaker: 'client', text: client },
    ]).map(({ kind }) => kind)

  it('are the client’s own, not an echo of the agent', () => {
    expect(reply('мастера у нас вежливые и аккуратные', 'вежливые аккуратные понравилось')).toEqual([])
    expect(reply('вам удобно в среду', 'понравилось что мастер все объяснил')).toEqual(['value'])
  })

  it.each([
    'тишина мне не важна',
    'мне всё равно какой цвет',
    'не сказал бы что мне нравится цвет',
    'мне не нравится',
  ])('are not what is denied: %s', text => {
    expect(said(text).filter(found => found.startsWith('value'))).toEqual([])
  })
})

describe('notes', () => {
  it.each([
    [
      '2к новостр, спр про гарантию и сроки; думает',
      ['question: спр про гарантию', 'question: сроки', 'objection: думает'],
    ],
    ['клиент спрашивал про рассрочку', ['question: спрашивал про рассрочку']],
    ['инт-ся гарантией. важна тишина', ['question: инт-ся гарантией', 'value: важна тишина']],
    [
      'asked about delivery and fitting, too expensive',
      ['question: asked about delivery', 'question: fitting', 'objection: too expensive'],
    ],
    ['перезв завтра', []],
  ])('%s', (text, expected) => {
    expect(said(text, 'note')).toEqual(expected)
  })
})

describe('any conversation', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...'а ну сколько стоит дорого нравится чтобы если спр про и , . ? ё й 👍🏽 5 % \n how much cheaper i love'.split(
            ' ',
          ),
        ),
        { maxLength: 60 },
      )
      .map(words => words.join(' ')),
  )
  const utterances = fc.array(
    fc.record({ speaker: fc.constantFrom('client', 'agent', 'note'), text: texts }),
    {
      maxLength: 5,
    },
  )

  it('gives ordered spans that lie in their texts and do not overlap', () => {
    fc.assert(
      fc.property(utterances, list => {
        const talk = list.map((utterance, n) => ({ ...utterance, n }))
        let last = { n: -1, to: 0 }
        for (const { n, from, to } of extract(talk)) {
          expect(from).toBeGreaterThanOrEqual(n === last.n ? last.to : 0)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(talk[n]!.text.length)
          expect(talk[n]!.speaker).not.toBe('agent')
          expect(talk[n]!.text.slice(from, to)).toBe(talk[n]!.text.slice(from, to).trim())
          last = { n, to }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('parts what a note reports once where «а», «и» stand together', () => {
    const text = 'спр про сроки а и а гарантию'
    const found = extract([{ n: 0, speaker: 'note', text }]).map(({ from, to }) => text.slice(from, to))
    expect(found).toEqual(['спр про сроки', 'гарантию'])
  })

  it('reads a pasted document no further than speech goes', () => {
    const long = 'сколько стоит доставка '.repeat(100_000)
    expect(extract([{ n: 0, speaker: 'client', text: long }]).every(({ to }) => to <= 20_000)).toBe(true)
  })
})
