/** Sharing in English: the dialog, the page of links, and what a reader of a link meets. */
import { formatCount, formatNumber } from '../../../server/api/contract.ts'

const count = (n: number, one: string, many: string) => formatCount(n, 'en', { one, many })

export const shares = {
  title: 'Links',
  lead: 'Who can open which report, and until when.',
  share: 'Share',
  dialog: {
    title: (notebook: string) => `Share: ${notebook}`,
    mode: 'What it opens',
    modes: {
      frozen: 'The report as it is today',
      live: 'The live report',
    },
    modeHints: {
      frozen: 'The page stays the same even when the data change',
      live: 'Made anew when new data arrive',
    },
    expires: 'Open for',
    lifetimes: {
      '1d': '1 day',
      '7d': '7 days',
      '30d': '30 days',
      '90d': '90 days',
      '365d': 'a year',
      never: 'no end',
    },
    password: 'Password',
    passwordHint: 'Optional, at least 8 characters; tell it another way than the link.',
    exposure: 'What readers will see',
    measuring: 'Making the page and checking it for personal data',
    filters: 'Filters stay as they are now; readers can’t change them.',
    create: 'Create the link',
    creating: 'Creating the link',
    made: 'The link is ready',
    once: 'Copy it now: it is shown nowhere else, only its fingerprint is kept.',
    link: 'Link',
    copy: 'Copy',
    copied: 'Copied',
    open: 'Open as a reader',
    toLinks: 'All links',
    close: 'Close',
    confirm: 'I have seen this and share the report all the same',
  },
  exposure: {
    quotes: (quotes: number, clients: number) =>
      quotes === 0
        ? 'No quotes'
        : `${count(quotes, 'quote', 'quotes')} from ${count(clients, 'client', 'clients')}, by number instead of name`,
    tables: (tables: number, rows: number) =>
      tables === 0 ? 'No tables' : `${count(tables, 'table', 'tables')}: ${count(rows, 'row', 'rows')}`,
    charts: (n: number) => (n === 0 ? 'No charts' : count(n, 'chart', 'charts')),
    problems: (n: number) => `${count(n, 'part', 'parts')} of the report without a result`,
    hidden: 'Hidden',
    nothingHidden: 'No personal data were found in the text',
    raw: 'Will stay open',
    rawHint: 'It looks like personal data. Take it out of the notebook’s text, or confirm.',
    clean: 'No personal data found in the open on the page',
    kinds: {
      name: (n: number) => `names: ${formatNumber(n, 'en')}`,
      phone: (n: number) => `phones: ${formatNumber(n, 'en')}`,
      email: (n: number) => `e-mails: ${formatNumber(n, 'en')}`,
      card: (n: number) => `card numbers: ${formatNumber(n, 'en')}`,
      other: (kind: string, n: number) => `${kind}: ${formatNumber(n, 'en')}`,
    },
  },
  list: {
    report: 'Report',
    mode: 'Kind',
    modes: { frozen: 'frozen', live: 'live' },
    state: 'State',
    states: { open: 'open', expired: 'expired', revoked: 'revoked' },
    until: (day: string) => `until ${day}`,
    forever: 'no end',
    password: 'with a password',
    made: 'Created',
    views: 'Views',
    lastView: 'Last view',
    neverSeen: 'not opened yet',
    select: (title: string) => `Choose the link to “${title}”`,
    selectAll: 'Choose all that are open',
    revoke: 'Revoke',
    revokeOf: (title: string) => `Revoke the link to “${title}”`,
    revokeChosen: (n: number) => `Revoke ${count(n, 'link', 'links')}`,
    rotate: 'New address',
    rotateOf: (title: string) => `New address for the link to “${title}”`,
    revoked: (n: number) => `${count(n, 'link', 'links')} revoked`,
    rotated: 'The new address. The old one no longer opens.',
    log: 'When it was opened',
    logOf: (title: string) => `When “${title}” was opened`,
    none: 'No links yet',
    noneHint:
      'Open a report and press “Share”: readers see it without an account and without clients’ personal data.',
    toReports: 'To the reports',
    showEnded: (n: number) => `Show ended ones: ${formatNumber(n, 'en')}`,
    hideEnded: 'Hide ended ones',
  },
  door: {
    missing: 'There is nothing at this link',
    missingText:
      'It may have been revoked, its time may be over, or the address was not copied whole. Ask whoever sent it for a new one.',
    locked: 'This report has a password',
    lockedText: 'Whoever sent the link knows it.',
    password: 'Password',
    enter: 'Open',
    wrong: 'That is not the password.',
    tooMany: 'Too many attempts. Try again in 15 minutes.',
    unavailable: 'The report can’t be shown now',
    unavailableText: 'Try again later, or ask whoever sent the link.',
  },
}

/** What a catalogue of sharing must have. */
export type ShareText = typeof shares
