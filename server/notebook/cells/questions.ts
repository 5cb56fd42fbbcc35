/** Questions that clients keep asking: ranked by distinct clients, with their words. */
import { formatCount, formatPercent } from '../../lib/locale.ts'
import { clientsAndShare, defineThemeCell } from '../theme-cell.ts'

export default defineThemeCell('questions', 'question', {
  ru: {
    title: 'О чём спрашивают',
    axis: 'Клиентов',
    nothing: 'Вопросов за этот период не нашлось: нет обращений с текстом или выбранные темы не встречались.',
    finding: (first, themes) =>
      `Чаще всего спрашивают **«${first.text}»** — ${clientsAndShare(first, 'ru')} из обратившихся. Вопросы задали ${formatCount(themes.asking, 'ru', { one: 'клиент', few: 'клиента', many: 'клиентов' })} из ${themes.clients} (${formatPercent(themes.asking / Math.max(1, themes.clients), 'ru')}).`,
  },
  en: {
    title: 'What clients ask',
    axis: 'Clients',
    nothing:
      'No questions in this period: there are no conversations with words, or none on the topics chosen.',
    finding: (first, themes) =>
      `Most often clients ask **“${first.text}”**: ${clientsAndShare(first, 'en')} of those who got in touch. ${formatCount(themes.asking, 'en', { one: 'client', many: 'clients' })} out of ${themes.clients} asked something (${formatPercent(themes.asking / Math.max(1, themes.clients), 'en')}).`,
  },
})
