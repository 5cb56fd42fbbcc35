/** Russian texts of results: tables, tiles, claims, quotes. */
import { formatCount, formatNumber, formatTimes, plural } from '../../../server/api/contract.ts'
import type { en } from '../en/outputs.ts'

const number = (value: number) => formatNumber(value, 'ru')
const rowForms = { one: 'строка', few: 'строки', many: 'строк' }

export const ru: typeof en = {
  table: {
    folded: rows => `Таблица (${formatCount(rows, 'ru', rowForms)})`,
    showAll: rows => `Показать все строки: ${number(rows)}`,
    truncated: rows => `Показано строк: ${number(rows)}, в данных их больше.`,
    cut: (shown, rows) =>
      `Показано строк: ${number(shown)} из ${number(rows)}, остальные — в выгрузке таблицы.`,
    empty: 'Строк нет.',
    small: 'мало данных',
  },
  chart: {
    failed: 'График не удалось построить',
    seeTable: 'Числа — в таблице под ним.',
  },
  metrics: {
    label: 'Показатели',
    rise: 'рост',
    fall: 'снижение',
    same: 'без изменений',
    better: 'лучше',
    worse: 'хуже',
    points: value => `${value} п. п.`,
    before: value => `было ${value}`,
    yearAgo: value => `год назад ${value}`,
    n: n => `n = ${number(n)}`,
    interval: 'интервал 95 %:',
    none: 'нет данных',
  },
  insight: {
    clients: clients => formatCount(clients, 'ru', { one: 'клиент', few: 'клиента', many: 'клиентов' }),
    of: of => `из ${number(of)}`,
    interval: 'интервал 95 %:',
    weak: 'Мало данных',
    least: (clients, spans) => `Порог: клиентов — ${number(clients)}, высказываний — ${number(spans)}.`,
    weakWhy:
      'За этим стоит слишком мало клиентов, чтобы делать выводы. Показываем, чтобы ничего не потерялось.',
    moreQuotes: quotes => `Ещё ${formatCount(quotes, 'ru', { one: 'цитата', few: 'цитаты', many: 'цитат' })}`,
    quotes: quotes => formatCount(quotes, 'ru', { one: 'цитата', few: 'цитаты', many: 'цитат' }),
    coverage: (assigned, mentions, waiting) =>
      waiting === 0
        ? `Все упоминания отнесены к темам: ${number(mentions)}.`
        : `К темам отнесено ${formatCount(assigned, 'ru', { one: 'упоминание', few: 'упоминания', many: 'упоминаний' })} из ${number(mentions)}; ещё ${number(waiting)} ${plural(waiting, 'ru', { one: 'ждёт', few: 'ждут', many: 'ждут' })} похожих.`,
    trend: (from, first, to, last) =>
      `Клиентов по месяцам: ${from} — ${number(first)}, ${to} — ${number(last)}.`,
    facts: {
      won: 'купили',
      lost: 'не купили',
      mentions: 'упоминаний',
      others: 'у остальных',
      section: 'раздел:',
      phrases: 'из слов:',
      passages: 'высказываний',
      told: 'ответили так:',
      place: 'место:',
      status: 'статус:',
      doubt: 'расходятся:',
    },
    contrast: (ratio, bought) =>
      bought
        ? `у купивших чаще в ${formatTimes(ratio, 'ru')}`
        : `у не купивших чаще в ${formatTimes(ratio, 'ru')}`,
    empty: 'Ничего не нашлось.',
    rest: count => `Показать ещё ${count}`,
  },
  ad: {
    edit: 'Строка объявления',
    reset: 'Вернуть',
    copy: 'Скопировать',
    copied: 'Скопировано',
    of: (length, max) => `${number(length)} из ${number(max)}`,
    rules: {
      length: 'не помещается',
      word: 'слишком длинное слово',
      exclamations: 'больше одного «!»',
      'no-exclamation': '«!» в заголовке',
      'repeated-marks': 'повтор знаков',
      capitals: 'слово прописными',
      'spaced-letters': 'буквы вразрядку',
      contact: 'контакт в тексте',
      emoji: 'эмодзи',
      'line-break': 'перенос строки',
      superlative: 'превосходная степень',
      guarantee: 'обещание без оговорок',
      'foreign-currency': 'иностранная валюта',
    },
  },
  topics: {
    price: 'цена',
    landing: 'сайт и реклама',
    product: 'товар',
    terms: 'условия',
    service: 'сервис',
    other: 'другое',
  },
  kinds: {
    question: 'вопрос',
    value: 'ценность',
    objection: 'возражение',
    trait: 'черта',
    idea: 'идея',
    draft: 'черновик',
    answer: 'ответ',
  },
  quote: {
    open: '«',
    close: '»',
    client: alias => `Клиент ${alias}`,
    agent: 'Менеджер',
    note: 'Комментарий в CRM',
    conversation: {
      call: 'звонок',
      chat: 'чат',
      messenger: 'мессенджер',
      email: 'письмо',
      form: 'заявка',
      comment: 'комментарий',
    },
    deal: { open: 'сделка в работе', won: 'сделка выиграна', lost: 'сделка проиграна' },
    moment: 'К разговору',
    into: time => `${time} от начала`,
  },
  input: { all: 'все', from: 'с', to: 'по', yes: 'да', no: 'нет', allTime: 'всё время', none: 'не выбрано' },
  error: {
    failed: 'Эту часть не удалось посчитать',
    where: (line, column) => `Строка ${line}, столбец ${column} файла`,
    skipped: names => `Не посчитано: нужен результат «${names}», а там ошибка.`,
    cancelled: 'Расчёт остановлен.',
  },
  report: {
    period: 'Период',
    made: moment => `Составлен ${moment}`,
    dataTo: day => `данные по ${day}`,
    filters: 'Что вошло в отчёт',
    masked: 'Личные данные скрыты: вместо имён, телефонов и адресов стоят пометки, у клиентов — номера.',
    unmasked: 'Вместо имён клиентов — номера. Слова из разговоров не скрыты: не передавайте отчёт дальше.',
    by: 'Сделано в Verbatim',
    problems: count =>
      `${formatCount(count, 'ru', { one: 'часть', few: 'части', many: 'частей' })} отчёта посчитать не удалось: место и причина — ниже.`,
  },
}
