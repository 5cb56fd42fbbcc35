/** What tables are made of: columns by type, and those that several tables carry. */
export type ColumnType = 'text' | 'integer' | 'real'
export interface Column {
  type: ColumnType
  nullable: boolean
}
export interface TableDefinition {
  area: 'facts' | 'app'
  large: boolean
  columns: Record<string, Column>
  key: readonly string[]
}

export const text = { type: 'text', nullable: false } as const
export const maybeText = { type: 'text', nullable: true } as const
export const integer = { type: 'integer', nullable: false } as const
export const maybeInteger = { type: 'integer', nullable: true } as const
export const real = { type: 'real', nullable: false } as const
export const maybeReal = { type: 'real', nullable: true } as const

/** Where a contact came from; the same columns wherever a fact carries them. */
export const origin = {
  source: maybeText,
  medium: maybeText,
  campaign: maybeText,
  content: maybeText,
  keyword: maybeText,
} as const
export const calendar = { day: maybeText, week: maybeText, month: maybeText } as const

/** A log of people's edits, the oldest first. */
export const edits = {
  edit_id: integer,
  action: text,
  /** What the action needs, as JSON. */
  body: text,
  author: maybeText,
  made_at: text,
  undone: integer,
} as const

/** What an ad cost on a day, taken or put aside. */
export const spendColumns = {
  row_id: text,
  ...origin,
  ...calendar,
  impressions: maybeInteger,
  reach: maybeInteger,
  clicks: maybeInteger,
  cost: maybeReal,
  currency: maybeText,
} as const
