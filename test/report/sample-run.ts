/** A run with every type of output, long names, small samples, weak claims, a failed and a skipped block. Made up. */
import type { Block, Notebook } from '../../server/notebook/model.ts'
import type { Claim, ClaimKind, Output, Quote } from '../../server/notebook/output.ts'
import type { Outcome, RunResult } from '../../server/notebook/run.ts'

const quote = (alias: number, text: string, more: Partial<Quote> = {}): Quote => ({
  ref: { client_id: `amocrm:${alias}`, conversation_id: `call:${alias}`, n: 3, from: 0, to: text.length },
  text,
  speaker: 'client',
  alias,
  conversation_kind: 'call',
  at: '2026-03-12 10:14:00',
  offset_ms: 221_000,
  deal_status: 'won',
  ...more,
})

const months = ['2025-12', '2026-01', '2026-02', '2026-03']
const trend = (...clients: number[]) => clients.map((count, i) => ({ label: months[i]!, clients: count }))

function claim(id: string, kind: ClaimKind, text: string, clients: number, more: Partial<Claim>): Claim {
  return {
    id,
    kind,
    text,
    topic: 'price',
    clients,
    of: 2571,
    facts: [
      { label: 'won', value: Math.round(clients / 5), format: 'integer' },
      { label: 'lost', value: Math.round(clients / 3), format: 'integer' },
      { label: 'mentions', value: clients + 17, format: 'integer' },
    ],
    quotes: [],
    weak: false,
    ...more,
  }
}

const questions: Claim[] = [
  claim('q1', 'question', 'а монтаж входит в эту цену или отдельно', 214, {
    interval: [0.073, 0.095],
    trend: trend(31, 48, 62, 73),
    quotes: [
      quote(14, 'а это уже с установкой или отдельно надо будет доплачивать за монтаж'),
      quote(87, 'вот тридцать две тысячи это с монтажом да', {
        conversation_kind: 'chat',
        offset_ms: null,
        deal_status: 'lost',
      }),
      quote(203, 'скажите пожалуйста установка входит', { deal_status: 'open' }),
    ],
  }),
  claim('q2', 'question', 'есть ли рассрочка без банка', 187, {
    topic: 'terms',
    interval: [0.063, 0.084],
    trend: trend(71, 55, 40, 21),
    quotes: [
      quote(31, 'а вот рассрочка у вас есть чтобы не через банк а напрямую', { at: '2026-01-30 18:02:11' }),
    ],
  }),
  claim('q3', 'question', 'на сайте написано минус сорок процентов это на всё или только на одно окно', 96, {
    topic: 'landing',
    interval: [0.031, 0.045],
    trend: trend(20, 25, 22, 29),
    quotes: [
      quote(402, 'у вас на сайте минус сорок процентов а мне насчитали как обычно', {
        speaker: 'client',
        deal_status: null,
      }),
    ],
  }),
  claim('q4', 'question', 'можно ли поставить в зимнее время', 2, {
    topic: 'service',
    weak: true,
    quotes: [quote(77, 'а зимой вы ставите'), quote(78, 'в мороз то можно менять')],
  }),
]
const values: Claim[] = [
  claim('v1', 'value', 'приехали на замер в тот же день', 143, {
    topic: 'service',
    interval: [0.047, 0.065],
    trend: trend(30, 33, 39, 41),
    quotes: [
      quote(5, 'меня подкупило что замерщик приехал в тот же день и всё посчитал при мне', {
        conversation_kind: 'comment',
        speaker: 'note',
        offset_ms: null,
      }),
    ],
  }),
]
const objections: Claim[] = [
  claim('o1', 'objection', 'у соседей вышло дешевле', 61, {
    interval: [0.018, 0.03],
    trend: trend(12, 14, 19, 16),
    quotes: [quote(12, 'да у нас соседи ставили им вышло тысяч на десять дешевле', { deal_status: 'lost' })],
  }),
]

const questionsChart: Output = {
  type: 'chart',
  title: 'О чём спрашивают',
  description: questions.map(each => `${each.text}: ${each.clients}`).join('; '),
  spec: {
    data: {
      values: questions.map(each => ({
        label: each.text,
        clients: each.clients,
        text: `${each.clients} клиентов (${Math.round((each.clients / each.of) * 100)} %)`,
      })),
    },
    height: { step: 30 },
    encoding: {
      y: { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelLimit: 340 } },
      x: { field: 'clients', type: 'quantitative', axis: { title: 'Клиентов', tickMinStep: 1 } },
    },
    layer: [
      { mark: { type: 'bar', color: 'question' } },
      { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { text: { field: 'text' } } },
    ],
  },
}

const segmentRows: [string, number, number, number, number, number, number, number, boolean][] = [
  ['частные лица, квартира', 1204, 181, 0.15, 0.131, 0.171, 48_200, 9_800, false],
  ['частные лица, загородный дом', 310, 62, 0.2, 0.159, 0.248, 112_400, 14_200, false],
  ['компании и управляющие организации', 84, 9, 0.107, 0.057, 0.191, 1_240_000, 61_300, false],
  ['балкон под ключ', 401, 36, 0.09, 0.066, 0.122, 71_900, 28_700, false],
  ['не указано', 12, 1, 0.083, 0.015, 0.354, 39_000, 18_000, true],
]
const segmentsTable: Output = {
  type: 'table',
  title: 'Сегменты по профилю клиента',
  folded: true,
  small: [4],
  table: {
    columns: [
      { name: 'segment', label: 'Сегмент', format: 'text' },
      { name: 'leads', label: 'Лиды', format: 'integer' },
      { name: 'won', label: 'Купили', format: 'integer' },
      { name: 'conversion', label: 'Конверсия', format: 'percent', interval: ['low', 'high'] },
      { name: 'low', label: 'low', format: 'percent' },
      { name: 'high', label: 'high', format: 'percent' },
      { name: 'check', label: 'Средний чек', format: 'money' },
      { name: 'cac', label: 'CAC', format: 'money' },
    ],
    rows: segmentRows.map(row => row.slice(0, 8) as (string | number)[]),
    truncated: false,
  },
}
const segmentsChart: Output = {
  type: 'chart',
  title: 'Конверсия по сегментам',
  description: segmentRows.map(row => `${row[0]}: ${row[3] * 100} %`).join('; '),
  spec: {
    data: {
      values: segmentRows.map(([segment, leads, , conversion, low, high, , , small]) => ({
        segment,
        conversion: conversion * 100,
        low: low * 100,
        high: high * 100,
        opacity: small ? 0.4 : 1,
        text: small ? `n = ${leads}, мало данных` : `${Math.round(conversion * 100)} %, n = ${leads}`,
      })),
    },
    height: { step: 34 },
    encoding: { y: { field: 'segment', type: 'nominal', sort: null, axis: { title: null } } },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          x: { field: 'low', type: 'quantitative', axis: { title: 'Конверсия в продажу, %' } },
          x2: { field: 'high' },
          opacity: { field: 'opacity', type: 'quantitative', scale: null },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 90 },
        encoding: {
          x: { field: 'conversion', type: 'quantitative' },
          opacity: { field: 'opacity', type: 'quantitative', scale: null },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 10 },
        encoding: { x: { field: 'high', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  },
}

const sources = ['поиск', 'карты', 'соцсети', 'рекомендации']
const lines: Output = {
  type: 'chart',
  title: 'Лиды по месяцам и источникам',
  description: 'Лиды из поиска растут, из соцсетей падают.',
  spec: {
    data: {
      values: sources.flatMap((source, s) =>
        Array.from({ length: 15 }, (_, i) => ({
          month: `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
          source,
          leads: Math.round(60 + 30 * s + Math.sin(i / 2 + s) * 18 + i * (s === 0 ? 5 : s === 2 ? -3 : 1)),
        })),
      ),
    },
    mark: 'line',
    encoding: {
      x: { field: 'month', type: 'temporal' },
      y: { field: 'leads', type: 'quantitative', axis: { title: 'Лидов в месяц' } },
      color: { field: 'source', type: 'nominal' },
    },
  },
}

const cities = ['Москва', 'Санкт-Петербург', 'Нижний Новгород', 'Казань']
const heat: Output = {
  type: 'chart',
  title: 'Конверсия: город × источник',
  description: 'Лучше всего покупают по рекомендации в Казани.',
  spec: {
    data: {
      values: cities.flatMap((city, c) =>
        sources.map((source, s) => ({ city, source, conversion: 0.05 + 0.03 * s + 0.02 * c })),
      ),
    },
    encoding: {
      x: { field: 'source', type: 'nominal', sort: null, axis: { orient: 'top' } },
      y: { field: 'city', type: 'nominal', sort: null },
    },
    layer: [
      { mark: 'rect', encoding: { color: { field: 'conversion', type: 'quantitative', legend: null } } },
      { mark: 'text', encoding: { text: { field: 'conversion', type: 'quantitative', format: 'percent' } } },
    ],
  },
}

const columns: Output = {
  type: 'chart',
  title: 'Выручка по месяцам',
  description: 'Выручка выросла с 1,2 до 3,4 млн ₽.',
  spec: {
    data: {
      values: Array.from({ length: 12 }, (_, i) => ({
        month: `2025-${String(i + 1).padStart(2, '0')}`,
        revenue: 1_200_000 + i * 200_000,
      })),
    },
    mark: 'bar',
    encoding: {
      x: { field: 'month', type: 'ordinal' },
      y: { field: 'revenue', type: 'quantitative', axis: { title: 'Выручка', format: 'money' } },
    },
  },
}

const bubbles: Output = {
  type: 'chart',
  title: 'Сегменты: конверсия, CAC и выручка',
  description: 'Дороже всех обходятся компании.',
  spec: {
    data: {
      values: segmentRows.map(([segment, leads, , conversion, , , check, cac]) => ({
        segment: segment.split(',')[0],
        conversion,
        cac,
        revenue: check * leads,
      })),
    },
    encoding: {
      x: { field: 'conversion', type: 'quantitative', axis: { title: 'Конверсия', format: 'percent' } },
      y: { field: 'cac', type: 'quantitative', axis: { title: 'CAC', format: 'money' } },
    },
    layer: [
      { mark: 'circle', encoding: { size: { field: 'revenue', type: 'quantitative', legend: null } } },
      { mark: { type: 'text', dy: -16 }, encoding: { text: { field: 'segment', type: 'nominal' } } },
    ],
  },
}

const tiles: Output = {
  type: 'metrics',
  tiles: [
    {
      id: 'leads',
      label: 'Лиды',
      value: 2571,
      format: 'integer',
      previous: 2304,
      better: 'up',
      definition: 'Клиенты, у которых за период создана хотя бы одна сделка.',
    },
    {
      id: 'conversion',
      label: 'Конверсия в продажу',
      value: 0.142,
      format: 'percent',
      previous: 0.151,
      better: 'up',
      n: 2571,
      interval: [0.129, 0.156],
      definition: 'Клиенты с продажей, делённые на лиды.',
    },
    {
      id: 'revenue',
      label: 'Выручка',
      value: 34_812_400,
      format: 'money',
      currency: 'RUB',
      previous: 29_100_000,
      better: 'up',
      definition: 'Сумма выигранных сделок.',
    },
    {
      id: 'cac',
      label: 'CAC',
      value: 14_200,
      format: 'money',
      currency: 'RUB',
      previous: 11_350,
      better: 'down',
      n: 365,
      definition: 'Расход на рекламу, делённый на число клиентов с продажей.',
    },
    {
      id: 'missed',
      label: 'Пропущенные звонки',
      value: null,
      format: 'integer',
      previous: 12,
      better: 'down',
      definition: 'Входящие звонки без ответа.',
    },
    {
      id: 'check',
      label: 'Средний чек',
      value: 95_300,
      format: 'money',
      currency: 'RUB',
      previous: 95_300,
      definition: 'Выручка, делённая на число выигранных сделок.',
    },
  ],
}

const blocks: [string, string, Output[]][] = [
  [
    'intro',
    'markdown',
    [
      {
        type: 'text',
        role: 'prose',
        markdown:
          '# Главное за квартал\n\nЗа выбранный период обратились **2571** клиентов, купили 365. Подробнее — в [правилах подсчёта](https://example.org/rules).',
      },
    ],
  ],
  [
    'totals',
    'metrics',
    [
      {
        type: 'text',
        role: 'finding',
        markdown:
          'Выручка **34,8 млн ₽** (+20 % к прошлому периоду): купили 365 из 2571 лидов, конверсия 14 %. Клиент обошёлся в **14 200 ₽**.',
      },
      tiles,
      { type: 'text', role: 'note', markdown: 'Сравнение с периодом 3 окт 2025 – 31 дек 2025.' },
    ],
  ],
  ['asked-head', 'markdown', [{ type: 'text', role: 'prose', markdown: '# Что спрашивают' }]],
  [
    'asked',
    'questions',
    [
      {
        type: 'text',
        role: 'finding',
        markdown:
          'Чаще всего спрашивают **«а монтаж входит в эту цену или отдельно»** — 214 клиентов (8,3 %) из обратившихся.',
      },
      questionsChart,
      {
        type: 'insight',
        title: 'О чём спрашивают',
        claims: questions,
        coverage: { mentions: 1040, assigned: 812, waiting: 228 },
      },
    ],
  ],
  [
    'valued',
    'values',
    [
      {
        type: 'text',
        role: 'finding',
        markdown: 'Чаще всего о ценности говорят так: **«приехали на замер в тот же день»**.',
      },
      { type: 'insight', title: 'Что ценят', claims: values },
      { type: 'insight', title: 'Что останавливает', claims: objections },
    ],
  ],
  ['segments-head', 'markdown', [{ type: 'text', role: 'prose', markdown: '# Кто покупает' }]],
  [
    'segments',
    'segments',
    [
      {
        type: 'text',
        role: 'finding',
        markdown:
          'Дороже всех обходятся клиенты **«компании и управляющие организации»**: CAC 61 300 ₽, в 4,3 раза выше среднего.',
      },
      segmentsChart,
      segmentsTable,
    ],
  ],
  ['months', 'chart', [lines, columns]],
  ['cross', 'chart', [heat, bubbles]],
  [
    'rows',
    'sql',
    [
      {
        type: 'table',
        title: 'Источники',
        folded: false,
        table: {
          columns: [
            { name: 's', label: 'Источник', format: 'text' },
            { name: 'd', label: 'Первый день', format: 'day' },
            { name: 'c', label: 'Расход', format: 'money' },
          ],
          rows: [
            ['поиск', '2026-01-02', 1_240_500],
            ['карты', '2026-01-03', 310_000.5],
            ['соцсети', null, null],
          ],
          truncated: true,
        },
      },
    ],
  ],
]

const failed: Outcome = {
  state: 'failed',
  error: {
    code: 'query',
    message: 'There is no column “revenu” in deals',
    hint: 'Did you mean revenue?',
    line: 48,
    column: 12,
  },
}

const fresh = (tableHash: string, outputs: Output[]): Outcome => ({
  state: 'fresh',
  result: { outputs, table: null },
  tableHash,
})

/** The notebook and its run. */
export function sampleRun(): { notebook: Notebook; run: RunResult } {
  const asBlock = (id: string, kind: string): Block => ({
    id,
    kind,
    name: kind === 'markdown' ? null : id,
    body: '',
    line: 1,
  })
  return {
    notebook: {
      title: 'Окна и балконы: обзор квартала',
      description: 'Что спрашивают и ценят клиенты, кто из них покупает и во сколько обходится.',
      language: 'ru',
      inputs: [
        {
          name: 'period',
          type: 'period',
          label: 'Период',
          default: 'last 90 days',
          multiple: false,
          options: null,
        },
        {
          name: 'source',
          type: 'select',
          label: 'Источник',
          default: [],
          multiple: true,
          options: { values: [{ value: 'search', label: 'поиск' }] },
        },
      ],
      blocks: [
        ...blocks.map(([id, kind]) => asBlock(id, kind)),
        asBlock('broken', 'sql'),
        asBlock('waiting', 'chart'),
      ],
    },
    run: {
      inputs: { period: { from: '2026-01-01', to: '2026-03-31' }, source: [] },
      choices: { source: [{ value: 'search', label: 'поиск' }] },
      outcomes: new Map<string, Outcome>([
        ...blocks.map(([id, , outputs]): [string, Outcome] => [id, fresh(id, outputs)]),
        ['broken', failed],
        ['waiting', { state: 'skipped', because: ['broken'] }],
      ]),
    },
  }
}
