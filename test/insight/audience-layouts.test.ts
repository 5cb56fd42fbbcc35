import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { layOutAudience, normaliseEmail, normalisePhone } from '../../server/insight/audience-layouts.ts'

const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')
const contacts = [
  { phone: '8 (903) 123-45-67', email: ' Anna@Example.RU ' },
  // The same person once more.
  { phone: '+7 903 123 45 67', email: 'anna@example.ru' },
  { phone: null, email: 'boris@example.ru' },
  { phone: '8 800 200 00 00', email: null },
]

describe('normalising', () => {
  it('reads Russian mobile numbers however they are written, and no others', () => {
    const one = '+79031234567'
    for (const text of [
      '89031234567',
      '79031234567',
      '9031234567',
      '+7 (903) 123-45-67',
      '8 903 123-45-67 доб. 12',
    ])
      expect(normalisePhone(text, 'RU'), text).toBe(one)
    expect(normalisePhone('810 375 29 123-45-67', 'RU')).toBe('+375291234567')
    for (const text of ['8 800 200 00 00', '+7 846 200-00-00', '123', '', 'нет', null])
      expect(normalisePhone(text, 'RU'), String(text)).toBeNull()
  })

  it('lowers e-mails and leaves out what the platforms refuse', () => {
    expect(normaliseEmail(' Anna@Example.RU ')).toBe('anna@example.ru')
    for (const text of ['анна@пример.рф', 'anna', 'a@b', '', null]) expect(normaliseEmail(text)).toBeNull()
  })
})

describe('layouts', () => {
  const layOut = (platform: 'yandex' | 'vk' | 'google', more = {}) =>
    layOutAudience(contacts, { platform, hashed: true, identifier: 'phone', country: 'RU', ...more })

  it('Yandex: phone and email, digits alone, MD5 a value; nobody twice', () => {
    // The platform's own example.
    expect(hash('md5', '79876543210')).toBe('5c5259938ed3e632bc5e3f94731090af')
    const { content, rows, least } = layOut('yandex')
    const lines = content.trimEnd().split('\r\n')
    expect(lines[0]).toBe('phone,email')
    expect(lines.slice(1).sort()).toEqual(
      [
        `${hash('md5', '79031234567')},${hash('md5', 'anna@example.ru')}`,
        `,${hash('md5', 'boris@example.ru')}`,
      ].sort(),
    )
    expect([rows, least]).toEqual([2, 100])
  })

  it('VK: one kind of identifier a file', () => {
    expect(layOut('vk', { hashed: false }).content).toBe('id\r\n79031234567\r\n')
    expect(layOut('vk', { hashed: false, identifier: 'email' }).content).toBe(
      'id\r\nanna@example.ru\r\nboris@example.ru\r\n',
    )
  })

  it('Google: English headers, the plus kept, SHA-256', () => {
    const lines = layOut('google').content.trimEnd().split('\r\n')
    expect(lines[0]).toBe('Email,Phone')
    expect(lines).toContain(`${hash('sha256', 'anna@example.ru')},${hash('sha256', '+79031234567')}`)
  })
})
