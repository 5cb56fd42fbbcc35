/** What holds clients back, in their own words. */
import { clientsAndShare, defineThemeCell } from '../theme-cell.ts'

export default defineThemeCell('objections', 'objection', {
  ru: {
    title: 'Что останавливает',
    axis: 'Клиентов',
    nothing: 'Возражений за этот период не нашлось.',
    finding: first =>
      `Чаще всего останавливает: **«${first.text}»** — ${clientsAndShare(first, 'ru')} из обратившихся.`,
  },
  en: {
    title: 'What holds clients back',
    axis: 'Clients',
    nothing: 'No objections in this period.',
    finding: first =>
      `Clients are most often held back by **“${first.text}”**: ${clientsAndShare(first, 'en')} of those who got in touch.`,
  },
})
