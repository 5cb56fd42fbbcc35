/** What one deal's talk is made from: lines, questions, values and objections in fresh wordings, marked as what they are. */
import type { Random } from '../../../server/lib/random.ts'
import { markTheme } from './marks.ts'
import type { LineName, ObjectionTheme, Pack, QuestionTheme, SpokenTheme, ValueTheme } from './pack.ts'
import { render, type Slots, type Template } from './template.ts'

export interface Turn {
  speaker: 'client' | 'agent'
  pieces: string[]
}

export interface Talk {
  random: Random
  pack: Pack
  slots: Slots
  line(name: LineName): string
  ask(theme: QuestionTheme): string
  reply(theme: QuestionTheme | ObjectionTheme): string
  value(theme: ValueTheme): string
  objection(theme: ObjectionTheme): string
  /** The agent offers a value; the client only agrees or does not care. */
  pitch(theme: ValueTheme): { agent: string; client: string }
  /** A theme in a manager's shorthand, after `lead`. */
  note(kind: 'question' | 'value' | 'objection', theme: QuestionTheme | SpokenTheme, lead: string): string
  say(templates: readonly Template[]): string
  chance(share: number): boolean
}

/** Names of all themes, `kind:key`; a theme's place is its number in marks. */
export function numberThemes(pack: Pack): string[] {
  return [
    ...pack.questions.map(theme => `question:${theme.key}`),
    ...pack.values.map(theme => `value:${theme.key}`),
    ...pack.objections.map(theme => `objection:${theme.key}`),
  ]
}

/** A talk over a deal's slots. `numbers` are the themes' places, see numberThemes. */
export function createTalk(
  random: Random,
  pack: Pack,
  slots: Slots,
  numbers: ReadonlyMap<string, number>,
): Talk {
  const say = (templates: readonly Template[]) => render(random.pick(templates), random, slots)
  const mark = (text: string, kind: 'question' | 'value' | 'objection', key: string) =>
    markTheme(text, kind, numbers.get(`${kind}:${key}`)!)
  return {
    random,
    pack,
    slots,
    line: name => say(pack.lines[name]),
    ask: theme => mark(say(theme.ask), 'question', theme.key),
    reply: theme => say(theme.reply),
    note: (kind, theme, lead) =>
      mark(`${lead}${say('report' in theme ? theme.report : theme.note)}`, kind, theme.key),
    say,
    value: theme => mark(say(theme.say), 'value', theme.key),
    objection: theme => mark(say(theme.say), 'objection', theme.key),
    pitch: theme => ({
      agent: say(theme.pitch),
      client: markTheme(
        say(random.next() < 0.6 ? theme.echo : theme.deny),
        'decoy',
        numbers.get(`value:${theme.key}`)!,
      ),
    }),
    chance: share => random.next() < share,
  }
}

/** Turns one by one; what one side says twice in a row is one turn. */
export function createTurns(): { list: Turn[]; add(speaker: Turn['speaker'], ...pieces: string[]): void } {
  const list: Turn[] = []
  return {
    list,
    add: (speaker, ...pieces) => {
      const said = pieces.filter(piece => piece !== '')
      const last = list.at(-1)
      if (last?.speaker === speaker) last.pieces.push(...said)
      else if (said.length > 0) list.push({ speaker, pieces: said })
    },
  }
}
