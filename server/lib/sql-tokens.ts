/** SQL split into tokens, as far as SQLite and PostgreSQL agree: for finding names and parameters, not for parsing. */
export type SqlTokenType = 'word' | 'quoted' | 'string' | 'number' | 'input' | 'comment' | 'symbol' | 'space'

export interface SqlToken {
  type: SqlTokenType
  text: string
  /** UTF-16 offset of its first unit. */
  from: number
}

// One alternative a type, in order; every input matches, if only by the single symbol at the end.
const TOKEN =
  /(?<space>\s+)|(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>[eE]?'(?:[^']|'')*(?:'|$)|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<quoted>"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[\p{L}[^\]\n]*\])|(?<input>:(?=\p{L}|_)(?<!::)[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?<symbol>::|[\s\S])/gu

/** Every token of a text; their texts joined give it back. `::type` is a symbol, never an input. */
export function tokenizeSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = []
  for (const match of text.matchAll(TOKEN)) {
    const groups = match.groups as Record<SqlTokenType, string | undefined>
    const type = (['space', 'comment', 'string', 'quoted', 'input', 'word', 'number'] as const).find(
      name => groups[name] !== undefined,
    )
    tokens.push({ type: type ?? 'symbol', text: match[0], from: match.index })
  }
  return tokens
}

/** A word or quoted name as the database would fold it: quotes off, words in lower case. */
export function nameOf(token: SqlToken): string {
  return token.type === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase()
}
