/** What is typed: chats on the site, forms, and the managers' own notes on a deal. */
import type { Topics } from './deal.ts'
import { createTurns, type Talk, type Turn } from './talk.ts'

/** A chat on the site. */
export function chat(talk: Talk, topics: Topics, measures: boolean): Turn[] {
  const { line, chance } = talk
  const { list, add } = createTurns()
  const [first, ...others] = topics.questions
  add('client', line('chatHello'), first ? talk.ask(first) : line('reason'))
  add('agent', line('chatGreet'), first ? talk.reply(first) : '')
  if (chance(0.5)) {
    add('agent', line('askObject'))
    add('client', line('chatObject'))
  }
  for (const theme of others) {
    add('client', chance(0.3) ? line('ack') : '', talk.ask(theme))
    add('agent', talk.reply(theme))
  }
  for (const theme of topics.values) {
    add('client', talk.value(theme))
    add('agent', line('agree'))
  }
  for (const objection of topics.objections) {
    add('client', talk.objection(objection))
    add('agent', talk.reply(objection))
  }
  if (measures || chance(0.35)) {
    add('agent', line('chatPhone'))
    add('client', line('chatPhoneGive'))
    add('agent', line('chatBye'))
  } else {
    add('client', line('chatByeClient'))
    add('agent', line('chatBye'))
  }
  return list
}

/** A form on the site: one message. */
export function form(talk: Talk, topics: Topics): Turn[] {
  const { list, add } = createTurns()
  const questions = topics.questions.slice(0, 2).map(theme => talk.ask(theme))
  add('client', talk.line('formOpen'), ...questions, talk.line('formClose'))
  return list
}

/** A manager's note in shorthand, as pieces that are joined as they stand. */
export function note(talk: Talk, topics: Topics, ending: 'noteNext' | 'noteWon' | 'noteLost'): string[] {
  const { pack, random, chance } = talk
  const parts: string[] = []
  const push = (text: string) => {
    if (parts.length > 0) parts.push(random.pick([', ', ', ', '. ', '; ']))
    parts.push(text)
  }
  if (chance(0.6)) push(talk.line('noteObject'))
  topics.questions.slice(0, 2).forEach((theme, i) => {
    if (i === 0) push(talk.note('question', theme, `${talk.say(pack.report.verbs)} `))
    else parts.push(pack.report.and, talk.note('question', theme, ''))
  })
  for (const theme of topics.values) push(talk.note('value', theme, ''))
  for (const theme of topics.objections) push(talk.note('objection', theme, ''))
  if (parts.length === 0 || chance(0.75)) push(talk.line(ending))
  return parts
}
