/** What a cell says of a language model: what it used, what it dropped, why it did without. */
import { CancelledError, LimitError, UnavailableError } from '../errors.ts'
import { formatCount, formatNumber } from '../lib/locale.ts'
import type { Model, Refusal, Written } from '../llm/model.ts'
import type { Language } from './cell.ts'
import type { TextOutput } from './output.ts'

const note = (markdown: string): TextOutput => ({ type: 'text', role: 'note', markdown })
const plain = (text: string) => text.replace(/[\\`*_[\]<>#]/g, '\\$&')

const reasons: Record<Language, Record<Refusal, string>> = {
  ru: {
    invalid: 'ответ не по форме',
    'no-evidence': 'без ссылки на слова',
    'unknown-utterance': 'ссылка на несуществующую реплику',
    outside: 'ссылка мимо реплики',
    speaker: 'чужие слова вместо слов клиента',
    unsupported: 'в источнике этого нет',
    number: 'другое число',
    negation: 'потеряно или добавлено «не»',
    quote: 'выдуманная цитата',
    form: 'не обычный текст',
    limits: 'не подходит по правилам площадки',
  },
  en: {
    invalid: 'the answer was malformed',
    'no-evidence': 'no reference to what was said',
    'unknown-utterance': 'a reference to nothing',
    outside: 'a reference beside the words',
    speaker: 'somebody else’s words instead of the client’s',
    unsupported: 'the source does not say it',
    number: 'another number',
    negation: 'a negation lost or added',
    quote: 'an invented quote',
    form: 'not plain text',
    limits: 'breaks the platform’s rules',
  },
}

/** «Формулировки — модель X; каждая проверена по словам клиентов. Отброшено 2: другое число». */
export function modelNote(model: Model, written: Written, language: Language): TextOutput {
  const { promptTokens, completionTokens, cost, cached, requests } = model.spent()
  const dropped = Object.entries(written.dropped) as [Refusal, number][]
  const lost = dropped.reduce((sum, [, n]) => sum + n, 0)
  const why = dropped.map(([refusal, n]) => `${reasons[language][refusal]} — ${n}`).join('; ')
  const tokens = promptTokens + completionTokens
  const name = plain(model.name.replace(/^model:/, ''))
  const money = cost === null ? '' : ` ≈ ${formatNumber(cost, language, 4)} ${model.currency}`
  const used =
    requests === 0 && cached > 0
      ? language === 'ru'
        ? 'Ответ взят из памяти, к модели не обращались.'
        : 'The answer was kept from before; the model was not asked.'
      : language === 'ru'
        ? `Потрачено с начала запуска: ${formatCount(tokens, language, { one: 'токен', few: 'токена', many: 'токенов' })}${money}.`
        : `Used in this run so far: ${formatCount(tokens, language, { one: 'token', many: 'tokens' })}${money}.`
  const parts =
    language === 'ru'
      ? [
          `Сформулировала модель «${name}»; каждое предложение сверено со словами, на которые ссылается, цитаты вырезаны программой.`,
          lost > 0 && `Не прошли проверку и отброшены: ${why}.`,
          written.withheld > 0 &&
            `Реплик, обращённых к модели, а не к компании, и потому не отправленных: ${written.withheld}.`,
          used,
        ]
      : [
          `Worded by the model “${name}”; every sentence was checked against the words that it refers to, and quotes were cut by the program.`,
          lost > 0 && `Failed the check and were dropped: ${why}.`,
          written.withheld > 0 &&
            `Utterances that speak to a model and not to the company, and were therefore not sent: ${written.withheld}.`,
          used,
        ]
  return note(parts.filter(Boolean).join(' '))
}

/** Why a cell does without its model, in words; null where the error is none of the model's. Throws CancelledError on. */
export function modelFailure(error: unknown, language: Language): TextOutput | null {
  if (error instanceof CancelledError) throw error
  if (!(error instanceof UnavailableError || error instanceof LimitError)) return null
  const said = plain(`${error.message}${error.hint ? `. ${error.hint}` : ''}`)
  return note(
    language === 'ru'
      ? `Модель не ответила, поэтому показано то, что программа нашла сама. ${said}`
      : `The model did not answer, so what the program found by itself is shown. ${said}`,
  )
}
