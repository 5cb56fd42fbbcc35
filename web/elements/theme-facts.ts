/** A theme's numbers: clients with their share, how it went, when it was said, what the pages answer. */
import { html, nothing, type TemplateResult } from 'lit'
import {
  formatDay,
  formatNumber,
  formatPercent,
  type Language,
  type TableTheme,
} from '../../server/api/contract.ts'
import { renderSparkline } from '../outputs/sparkline.ts'
import type { AppText } from '../text/text.ts'
import { faqWords, LEAST_CLIENTS } from './catalogue-table.ts'

export function themeFacts(theme: TableTheme, of: number, language: Language, text: AppText): TemplateResult {
  const { panel, faq, fewData, trend } = text.catalogue
  const number = (n: number) => formatNumber(n, language)
  const day = (value: string) => formatDay(value, language)
  const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`
    ${
      theme.label === theme.machine_label
        ? nothing
        : html`<p class="hint">${panel.named} <q class="speech">${theme.machine_label}</q></p>`
    }
    <dl class="theme-facts">
      ${fact(
        panel.clients,
        html`${number(theme.clients)}
        ${of > 0 ? html`<span class="theme-share">${formatPercent(theme.clients / of, language)}</span>` : nothing}
        ${theme.clients < LEAST_CLIENTS ? html`<span class="theme-weak">${fewData}</span>` : nothing}`,
      )}
      ${fact(panel.mentions, number(theme.mentions))}
      ${fact(
        panel.outcome,
        html`<span class="vb-deal--won">${number(theme.won)}</span> / <span class="vb-deal--lost">${number(theme.lost)}</span>`,
      )}
      ${
        theme.first_day === null || theme.last_day === null
          ? nothing
          : fact(panel.said, [...new Set([theme.first_day, theme.last_day])].map(day).join(' — '))
      }
      ${theme.kind === 'question' ? fact(faq, faqWords(theme.faq, text)) : nothing}
      ${fact(trend, renderSparkline(theme.trend, language))}
    </dl>
  `
}
