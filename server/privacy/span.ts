/** Kinds of personal data that are found and masked. */
export const personalKinds = [
  'name',
  'phone',
  'email',
  'address',
  'card',
  'inn',
  'snils',
  'ogrn',
  'passport',
  'account',
  'birth_date',
  'car_plate',
  'contract',
  'handle',
  'url',
] as const
export type PersonalKind = (typeof personalKinds)[number]

/** A piece of personal data: UTF-16 units into the text, `to` exclusive. */
export interface Span {
  from: number
  to: number
  kind: PersonalKind
}
