/** The small pages before a shared report: nothing there, a password, not now. Plain HTML with its own style, no script. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { shares as en } from '../../web/text/en/shares.ts'
import { shares as ru } from '../../web/text/ru/shares.ts'
import type { Language } from '../lib/locale.ts'
import { minifyCss } from './report-style.ts'

export interface SmallPage {
  html: string
  /** The value of Content-Security-Policy. */
  policy: string
}

export type LockState = 'asked' | 'wrong' | 'tooMany'

const words = { ru: ru.door, en: en.door }

/** A token that opens nothing, for whatever reason: always the same page. */
export function missingPage(language: Language): Promise<SmallPage> {
  const { missing, missingText } = words[language]
  return page(language, missing, `<p>${missingText}</p>`)
}

export function unavailablePage(language: Language): Promise<SmallPage> {
  const { unavailable, unavailableText } = words[language]
  return page(language, unavailable, `<p>${unavailableText}</p>`)
}

/** A form that is sent to the address at which it stands. The report's title is not told before the password is. */
export function lockedPage(language: Language, state: LockState): Promise<SmallPage> {
  const { locked, lockedText, password, enter, wrong, tooMany } = words[language]
  const fault = state === 'asked' ? '' : state === 'wrong' ? wrong : tooMany
  return page(
    language,
    locked,
    `<p>${lockedText}</p>
<form method="post">
<label for="password">${password}</label>
<input id="password" name="password" type="password" required autofocus maxlength="200" autocomplete="current-password"${fault ? ' aria-invalid="true" aria-describedby="fault"' : ''}>
${fault ? `<p id="fault" class="fault" role="alert">${fault}</p>` : ''}
<button>${enter}</button>
</form>`,
  )
}

const LAYOUT = `
html { background: var(--paper); text-size-adjust: 100%; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); font: 1rem / 1.5 var(--face-text); }
main { max-width: 30rem; margin: 0 auto; padding: 18vh 1.25rem 4rem; }
h1 { margin: 0 0 .5rem; font-size: 1.728rem; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
p { margin: 0 0 1rem; color: var(--muted); }
form { display: grid; gap: .5rem; margin-top: 1.5rem; }
label { font-weight: 550; }
input, button { min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--muted); border-radius: var(--radius);
  background: var(--surface); color: var(--ink); font: inherit; }
button { margin-top: .25rem; border-color: var(--accent); background: var(--accent); color: var(--paper);
  font-weight: 550; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.fault { margin: 0; color: var(--danger); }
`

let style: Promise<string> | undefined

async function page(language: Language, title: string, body: string): Promise<SmallPage> {
  style ??= readFile(new URL('../../web/tokens.css', import.meta.url), 'utf8').then(tokens =>
    minifyCss(tokens + LAYOUT),
  )
  const css = await style
  const hash = createHash('sha256').update(css).digest('base64')
  return {
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    html: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${css}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`,
  }
}
