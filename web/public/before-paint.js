// Runs before the first paint, so that a chosen theme or language does not flash in after it. See state/preferences.ts.
try {
  const theme = localStorage.getItem('verbatim.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = localStorage.getItem('verbatim.language')
  if (language === 'ru' || language === 'en') document.documentElement.lang = language
} catch {
  // Storage is closed to us (private mode): the system's theme and language stand.
}
