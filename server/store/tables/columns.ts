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
