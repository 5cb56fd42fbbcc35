/** The few icons that the workbench needs, drawn on a grid of 20 with a line of 1.6; always beside or instead of words. */
import { html, svg, type TemplateResult } from 'lit'

const paths = {
  reports: svg`<path d="M5 2.800h7.200L15.500 6v11.200H5zM7.800 9.500h5M7.800 12.500h5"/>`,
  data: svg`<ellipse cx="10" cy="5" rx="6" ry="2.300"/><path d="M4 5v10c0 1.300 2.700 2.300 6 2.300s6-1 6-2.300V5M4 10c0 1.300 2.700 2.300 6 2.300s6-1 6-2.300"/>`,
  themes: svg`<path d="M3.500 4.500h13v9h-7l-3.500 3v-3h-2.500zM6.800 7.700h6.400M6.800 10.300h4"/>`,
  fold: svg`<path d="M12 5l-5 5 5 5"/>`,
  unfold: svg`<path d="M8 5l5 5-5 5"/>`,
  down: svg`<path d="M5 7.500l5 5 5-5"/>`,
  close: svg`<path d="M5 5l10 10M15 5L5 15"/>`,
  system: svg`<rect x="3" y="4" width="14" height="10" rx="1.500"/><path d="M7.500 17h5"/>`,
  light: svg`<circle cx="10" cy="10" r="3.300"/><path d="M10 2.500v2M10 15.500v2M2.500 10h2M15.500 10h2M4.700 4.700l1.400 1.400M13.900 13.900l1.400 1.400M4.700 15.300l1.400-1.400M13.900 6.100l1.400-1.400"/>`,
  dark: svg`<path d="M16 12.200A6.800 6.800 0 0 1 7.800 4a6.800 6.800 0 1 0 8.200 8.200z"/>`,
  look: svg`<circle cx="10" cy="10" r="7"/><path d="M10 3v14M10 6h4.500M10 10h6.500M10 14h4.500"/>`,
  upload: svg`<path d="M10 13V3.500M6 7l4-4 4 4M3.500 12.500v4h13v-4"/>`,
  download: svg`<path d="M10 3.500V13M6 9.500l4 4 4-4M3.500 12.500v4h13v-4"/>`,
  refresh: svg`<path d="M15.800 8A6.200 6.200 0 1 0 16 12M16 4v4h-4"/>`,
  stop: svg`<rect x="5.500" y="5.500" width="9" height="9" rx="1"/>`,
  open: svg`<path d="M8 4H4v12h12v-4M11.500 3.500h5v5M16 4l-7 7"/>`,
  check: svg`<path d="M4.500 10.500l3.800 3.800 7.200-8"/>`,
  alert: svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v5M10 13.700v.1"/>`,
  share: svg`<circle cx="5.500" cy="10" r="2.200"/><circle cx="14.500" cy="5" r="2.200"/><circle cx="14.500" cy="15" r="2.200"/><path d="M7.500 8.900l5-2.800M7.500 11.100l5 2.800"/>`,
  search: svg`<circle cx="9" cy="9" r="5"/><path d="M13 13l4 4"/>`,
  edit: svg`<path d="M4 16l.8-3.400L13.500 3.900l2.600 2.600-8.700 8.700zM11.800 5.600l2.600 2.600"/>`,
  run: svg`<path d="M6.500 4.500l9 5.500-9 5.500z"/>`,
  up: svg`<path d="M5 12.500l5-5 5 5"/>`,
  copy: svg`<rect x="7" y="7" width="9.500" height="9.500" rx="1.500"/><path d="M4.500 13h-1V3.500H13v1"/>`,
  bin: svg`<path d="M4 5.500h12M8 5.500v-2h4v2M5.500 5.500l.8 11h7.400l.8-11M8.500 8.500v5M11.500 8.500v5"/>`,
  add: svg`<path d="M10 4v12M4 10h12"/>`,
  undo: svg`<path d="M7.500 4.500L4 8l3.500 3.500M4.500 8H12a4 4 0 0 1 0 8H8"/>`,
  redo: svg`<path d="M12.500 4.500L16 8l-3.500 3.500M15.500 8H8a4 4 0 0 0 0 8h4"/>`,
  history: svg`<path d="M4.200 8A6.200 6.200 0 1 1 4 12M4 4v4h4M10 6.800V10l2.300 1.700"/>`,
  keys: svg`<rect x="2.500" y="5" width="15" height="10" rx="1.500"/><path d="M6 8h.1M9 8h.1M12 8h.1M14.500 8h.1M7 12h6"/>`,
  account: svg`<circle cx="10" cy="7" r="3.200"/><path d="M3.800 16.800a6.300 6.300 0 0 1 12.400 0"/>`,
  more: svg`<path d="M5 10h.1M10 10h.1M15 10h.1"/>`,
} as const

export type IconName = keyof typeof paths

/** An icon without a name of its own: the control around it carries the words. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${paths[name]}</svg>`
}
