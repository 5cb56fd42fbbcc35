/**
 * Contact data as the platforms take it: normalised, hashed, laid out. Rules as published by Yandex Audience, VK Ads and
 * Google Customer Match, read 2026-06. Pure.
 */
import { createHash } from 'node:crypto'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { toCsv } from '../lib/csv.ts'

export const platforms = ['yandex', 'vk', 'google'] as const
export type Platform = (typeof platforms)[number]
export type Identifier = 'phone' | 'email'

export interface Contact {
  phone: string | null
  email: string | null
}

export interface LayoutOptions {
  platform: Platform
  /** As the platform hashes; Google takes hashed data and plain. */
  hashed: boolean
  /** VK takes one kind of identifier a file; the others take both. */
  identifier: Identifier
  /** ISO 3166: how numbers without a country code are read. */
  country: string
}

export interface AudienceFile {
  name: string
  content: string
  rows: number
  /** Rows below which the platform refuses the file. */
  least: number
}

const LEAST_ROWS: Record<Platform, number> = { yandex: 100, vk: 2_000, google: 1 }

/** `+79031234567`, or null for what is no mobile number: nobody is found by an office's line. */
export function normalisePhone(text: string | null, country: string): string | null {
  if (text === null) return null
  const digits = text.replace(/\D/g, '')
  // Russian habit: 810 dials abroad, and a domestic 8 stands for +7; a number of 11 digits from 7 lacks only its plus.
  const spelt =
    country === 'RU' && /^810\d{10,}$/.test(digits)
      ? `+${digits.slice(3)}`
      : country === 'RU' && /^7\d{10}$/.test(digits)
        ? `+${digits}`
        : text
  const parsed = parsePhoneNumberFromString(spelt, country as CountryCode)
  if (!parsed?.isValid()) return null
  const type = parsed.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' ? parsed.number : null
}

/** Trimmed, in lower case; null for what can't be an address, or holds letters that the platforms don't take. */
export function normaliseEmail(text: string | null): string | null {
  const email = text?.trim().toLowerCase() ?? ''
  return /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250})\.[a-z]{2,}$/.test(email)
    ? email
    : null
}

/** The file of an audience: each contact once, nobody without any. */
export function layOutAudience(contacts: Iterable<Contact>, options: LayoutOptions): AudienceFile {
  const { platform, hashed, identifier, country } = options
  // Yandex and VK want digits alone, Google the plus as well.
  const phoneOf = (contact: Contact) => {
    const phone = normalisePhone(contact.phone, country)
    return platform === 'google' ? phone : (phone?.slice(1) ?? null)
  }
  const algorithm = platform === 'google' ? 'sha256' : 'md5'
  const write = (value: string | null) =>
    value === null ? '' : hashed ? createHash(algorithm).update(value).digest('hex') : value
  const lines = new Map<string, string[]>()
  for (const contact of contacts) {
    const [phone, email] = [phoneOf(contact), normaliseEmail(contact.email)]
    const values =
      platform === 'vk'
        ? [identifier === 'phone' ? phone : email]
        : platform === 'google'
          ? [email, phone]
          : [phone, email]
    if (values.every(value => value === null)) continue
    const line = values.map(write)
    lines.set(line.join('\0'), line)
  }
  const header = { yandex: ['phone', 'email'], vk: ['id'], google: ['Email', 'Phone'] }[platform]
  // By their values, so that the order tells nothing of the clients.
  const sorted = [...lines.keys()].sort().map(key => lines.get(key)!)
  return {
    name: `${platform}-${platform === 'vk' ? identifier : 'audience'}${hashed ? '-hashed' : ''}.csv`,
    content: toCsv([header, ...sorted]),
    rows: sorted.length,
    least: LEAST_ROWS[platform],
  }
}
