/** Questions: asked ones, needs put as statements («нужно рассчитать…»), and those that a manager's note reports. */
import { asks } from '../../language/questions.ts'
import type { ExtractionStep, Mention } from '../mention.ts'

const LEAST = 0.5
/** Needs and problems without a question's form. */
const NEED =
  /(?:^| )(?:нужн\S* (?:расч[её]т|просч[её]т|цена|стоимость|смета|консультация)|(?:рассчитайте|посчитайте|просчитайте|рассчитать|посчитать|просчитать) |не (?:могу|можем|получается|понимаю|понял|поняла|нашел|нашла|вижу|видно|работает|приходит|пришл\S+|открывается) |непонятно |не понятно |не указан\S* |i (?:need|want|would like|i'd like) to |i can't |i cannot |i'm trying to |i need |help me |doesn't work|not working|unable to )/
/** What a manager writes of a client's question. */
const REPORTED =
  /(?:^| )(?:спрашив\S+|спросил\S*|интересу\S+|интересовал\S*|уточнял\S*|уточнил\S*|узнавал\S*|вопрос(?:ы)? (?:по|про|о|об|насчет)|хоч\S+ (?:узнать|понять)|просил\S* (?:рассказать|объяснить|посчитать|рассчитать)|asked (?:about|if|whether|how|when|what|for)|asking (?:about|if|whether|for)|wants to know|wanted to know|enquired about|question about)(?: |$)/

const step: ExtractionStep = {
  kind: 'question',
  extract: ({ n, speaker }, clauses) =>
    clauses.flatMap((clause): Mention[] => {
      const { from, to, tokens } = clause
      const text = tokens
        .filter(token => token.kind !== 'punctuation')
        .map(token => token.norm)
        .join(' ')
      if (speaker === 'note')
        return REPORTED.test(text) ? [{ n, from, to, kind: 'question', score: 0.8 }] : []
      const { score, content } = asks(clause)
      if (content === 0) return []
      if (score >= LEAST) return [{ n, from, to, kind: 'question', score }]
      return NEED.test(`${text} `) ? [{ n, from, to, kind: 'question', score: 0.6 }] : []
    }),
}

export default step
