/** The first visit, when nothing has been loaded: three steps from files to a report. */
import { html, type TemplateResult } from 'lit'
import type { AppText } from '../text/text.ts'
import { icon } from './icon.ts'

export function welcome({ welcome: text }: AppText): TemplateResult {
  return html`<section class="welcome" aria-labelledby="welcome-title">
    <h2 id="welcome-title">${text.title}</h2>
    <p>${text.lead}</p>
    <ol class="steps">
      <li>
        <h3>${text.load}</h3>
        <p>${text.loadText}</p>
        <p><a class="button button-primary" href="/data">${icon('upload')}${text.loadOwn}</a></p>
        <p class="hint">${text.loadDemo} <code>npm run demo</code></p>
      </li>
      <li>
        <h3>${text.found}</h3>
        <p>${text.foundText}</p>
      </li>
      <li>
        <h3>${text.report}</h3>
        <p>${text.reportText}</p>
      </li>
    </ol>
  </section>`
}
