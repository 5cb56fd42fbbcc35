/** What clients value, in their own words. */
import { clientsAndShare, defineThemeCell } from '../theme-cell.ts'

export default defineThemeCell('values', 'value', {
  ru: {
    title: 'Что ценят',
    axis: 'Клиентов',
    nothing: 'Высказываний о ценности за этот период не нашлось.',
    finding: first =>
      `Чаще всего о ценности говорят так: **«${first.text}»** — ${clientsAndShare(first, 'ru')} из обратившихся.`,
  },
  en: {
    title: 'What clients value',
    axis: 'Clients',
    nothing: 'Nobody said what they value in this period.',
    finding: first =>
      `The value voiced most often is **“${first.text}”**: ${clientsAndShare(first, 'en')} of those who got in touch.`,
  },
})
