/** Scripts that measure within a page, as text: they run in Chromium. */

/**
 * `self.opened` tells when a notebook of `cells` cells could be edited: all are there, one has the focus, and the page was
 * free for half a second after (the wait itself not counted); and how much the layout shifted by then.
 */
export const openProbe = (cells: number) => `
self.shift = 0
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) self.shift += entry.value
}).observe({ type: 'layout-shift', buffered: true })
self.busyUntil = 0
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) self.busyUntil = Math.max(self.busyUntil, entry.startTime + entry.duration)
}).observe({ type: 'longtask', buffered: true })
self.opened = new Promise(resolve => {
  let ready = 0
  const look = () => {
    const focused = document.activeElement?.matches?.('.cell') ?? false
    if (ready === 0 && focused && document.querySelectorAll('vb-editor-cell').length === ${cells}) ready = performance.now()
    const since = Math.max(ready, self.busyUntil)
    if (ready > 0 && performance.now() - since > 500) resolve({ ms: since, shift: self.shift })
    else setTimeout(look, 10)
  }
  look()
})`

/**
 * `self.keys`: milliseconds from each key to the end of its frame, the wait for the frame with it; `self.painted` is there
 * when the last key's frame has been made.
 */
export const keyProbe = `
self.keys = []
self.painted = Promise.resolve()
addEventListener('keydown', () => {
  const began = performance.now()
  self.painted = new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      self.keys.push(performance.now() - began)
      resolve()
    }
    requestAnimationFrame(() => port2.postMessage(0))
  })
}, { capture: true })`

/** Puts a table of `rows` rows into the page, shows all of it and scrolls through it for three seconds. */
export const scrollProbe = (rows: number) => `(async () => {
  const table = document.createElement('vb-table')
  const known = document.querySelector('vb-table')
  table.context = known.context
  const names = ['client', 'source', 'stage', 'amount', 'day']
  const formats = ['text', 'text', 'text', 'money', 'day']
  table.output = {
    type: 'table', title: '', folded: false,
    table: {
      columns: names.map((name, i) => ({ name, label: name, format: formats[i] })),
      rows: Array.from({ length: ${rows} }, (_, n) => ['Client ' + n, ['vk', 'direct', 'avito'][n % 3], 'stage ' + (n % 5), n * 37 % 90000, '2026-0' + (n % 9 + 1) + '-1' + n % 10]),
      truncated: false,
    },
  }
  const began = performance.now()
  document.querySelector('.notebook').prepend(table)
  await table.updateComplete
  for (let button; (button = table.querySelector('.vb-table__foot button')); ) {
    button.click()
    await table.updateComplete
  }
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
  await frame()
  await frame()
  const shown = performance.now() - began
  const box = table.querySelector('.vb-table__scroll')
  const scroller = box.scrollHeight > box.clientHeight + 10 ? box : document.scrollingElement
  const work = []
  const start = performance.now()
  let frames = 0
  const step = scroller.scrollHeight / 2000
  while (performance.now() - start < 3000) {
    const at = await frame()
    frames += 1
    // A part by small steps, as a wheel makes them, a part by leaps, as a bar does.
    scroller.scrollTop += frames % 60 === 0 ? step * 200 : frames % 2 === 0 ? 120 : step
    const script = performance.now()
    await new Promise(resolve => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = resolve
      port2.postMessage(0)
    })
    work.push(performance.now() - script)
  }
  const sorted = work.sort((a, b) => a - b)
  const last = table.querySelectorAll('tbody tr').length
  return { fps: frames / ((performance.now() - start) / 1000), work: sorted[Math.ceil(sorted.length * 0.95) - 1], shown, last }
})()`
