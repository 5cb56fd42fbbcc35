/** Themes as new texts are compared with them. */
import type { Database } from '../store/database.ts'
import { sql } from '../store/sql.ts'
import type { KnownTheme } from './assign.ts'
import { readLog } from './catalogue.ts'
import { numberOf, replay, resolve } from './edits.ts'
import type { MentionKind } from './mention.ts'
import { spansOf } from './sayings.ts'

/** Texts by which a theme is known. */
export const EXEMPLARS = 24

interface Example {
  theme_id: string
  machine_theme_id: string | null
  text: string
  span_from: number
  span_to: number
}

/**
 * What new texts are compared with: themes of a kind, the oldest first, each with the texts that stand for it. A theme that
 * was merged is still compared by itself: what a person put together need not sound alike.
 */
export async function readKnownThemes(database: Database, kind: MentionKind): Promise<KnownTheme[]> {
  const { aliases } = replay(await readLog(database))
  const chosen = sql`select theme_id, machine_theme_id, client_id, conversation_id, n, span_from, span_to, exemplar as place
    from mentions where kind = ${kind} and exemplar is not null and theme_id is not null`
  // A theme whose examples were moved or erased is known by the most typical of what is left.
  const instead = sql`select theme_id, theme_id as machine_theme_id, client_id, conversation_id, n, span_from, span_to,
    row_number() over (partition by theme_id order by score desc, client_id, conversation_id, n, span_from) as place
    from mentions where kind = ${kind} and theme_id in (select theme_id from themes where kind = ${kind} and alias_of is null
    except select theme_id from mentions where kind = ${kind} and exemplar is not null)`
  const texts = new Map<string, Set<string>>()
  for (const places of [chosen, instead]) {
    const rows = await database.query<Example>(
      sql`select m.theme_id, m.machine_theme_id, u.text, m.span_from, m.span_to from (${places}) m
        join utterances u on u.client_id = m.client_id and u.conversation_id = m.conversation_id and u.n = m.n
        where m.place <= ${EXEMPLARS} order by m.theme_id, m.place, m.client_id, m.conversation_id, m.n`,
    )
    for (const { theme_id, machine_theme_id, text } of spansOf(rows)) {
      const machine = machine_theme_id ?? theme_id
      const owner = resolve(machine, aliases) === theme_id ? machine : theme_id
      texts.set(owner, (texts.get(owner) ?? new Set()).add(text))
    }
  }
  return [...texts]
    .map(([id, exemplars]) => ({ id, exemplars: [...exemplars] }))
    .sort((a, b) => numberOf(a.id) - numberOf(b.id))
}
