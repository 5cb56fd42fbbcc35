/** What is said in calls: the first, when a client rings, and those by which the manager comes back. */
import type { Topics } from './deal.ts'
import { createTurns, type Talk, type Turn } from './talk.ts'

/** A client rings for the first time about a deal. `measures`: it ends with an appointment. */
export function firstCall(talk: Talk, topics: Topics, measures: boolean, company: boolean): Turn[] {
  const { line, chance } = talk
  const { list, add } = createTurns()
  const [first, ...others] = topics.questions
  add('agent', line('greet'))
  if (chance(0.07)) {
    add('client', line('hear'))
    add('agent', line('hearYes'))
  }
  const direct = chance(0.55) && first !== undefined
  add('client', line('hello'), direct && chance(0.5) ? '' : line('reason'), direct ? talk.ask(first) : '')
  if (direct) add('agent', talk.reply(first))
  if (chance(0.6)) {
    add('agent', line('askName'))
    add('client', line('giveName'))
  }
  if (chance(0.65)) {
    add('agent', line('askObject'))
    add('client', line('giveObject'))
  }
  askAll(talk, add, direct || first === undefined ? others : [first, ...others])
  saysValues(talk, add, topics, company)
  for (const objection of topics.objections) {
    add('client', chance(0.4) ? line('ack') : '', talk.objection(objection))
    add('agent', talk.reply(objection))
  }
  if (measures) {
    add('agent', line('askMeasure'))
    add('client', line('takeMeasure'))
    leaveContacts(talk, add)
  } else {
    add('client', line('later'))
    add('agent', line('laterReply'))
    if (chance(0.3)) {
      add('agent', line('askPhone'))
      add('client', line('givePhone'))
      add('agent', line('phoneThanks'))
    }
  }
  add('agent', line('bye'))
  add('client', line('byeClient'))
  return list
}

type Add = (speaker: Turn['speaker'], ...pieces: string[]) => void

/** Questions one after another, each answered. */
function askAll(talk: Talk, add: Add, questions: Topics['questions']): void {
  for (const [i, theme] of questions.entries()) {
    const alone = i === 0 && !talk.chance(0.5)
    add('client', alone ? '' : talk.line('ack'), talk.chance(0.3) ? talk.line('next') : '', talk.ask(theme))
    if (talk.chance(0.04)) {
      add('agent', talk.line('hold'))
      add('client', talk.line('hear'))
      add('agent', talk.line('hearYes'))
    }
    add('agent', talk.reply(theme))
  }
}

/** Values in the client's own words, and what only sounds like one: an echo of the agent's offer, or its denial. */
function saysValues(talk: Talk, add: Add, { values }: Topics, company: boolean): void {
  const { chance, line } = talk
  if (chance(0.28)) {
    const own = new Set(values.map(theme => theme.key))
    const offered = talk.pack.values.filter(theme => !own.has(theme.key))
    const { agent, client } = talk.pitch(talk.random.pick(offered))
    add('agent', agent)
    add('client', client)
  }
  for (const theme of values) {
    if (chance(company ? 0.35 : 0.5)) add('agent', line('askValue'))
    else add('client', chance(0.5) ? line('ack') : '')
    add('client', talk.value(theme))
    add('agent', line('agree'))
  }
}

/** Address, phone, now and then more that nobody should read in a report. */
function leaveContacts(talk: Talk, add: Add): void {
  const { line, chance } = talk
  if (chance(0.72)) {
    add('agent', line('askAddress'))
    add('client', line('giveAddress'))
  }
  if (chance(0.5)) {
    add('agent', line('askPhone'))
    add('client', line('givePhone'))
    add('agent', line('phoneThanks'))
  }
  if (chance(0.14)) {
    add('agent', line('askEmail'))
    add('client', line('giveEmail'))
    add('agent', line('phoneThanks'))
  }
}

/** The manager rings back: after the measuring, with the offer. */
export function offerCall(
  talk: Talk,
  topics: Topics,
  outcome: 'won' | 'lost' | 'open',
  company: boolean,
): Turn[] {
  const { line, chance } = talk
  const { list, add } = createTurns()
  add('agent', line('outGreet'))
  if (chance(0.06)) {
    add('client', line('hear'))
    add('agent', line('hearYes'))
  }
  add('client', line('outHello'))
  add('agent', line('outOffer'))
  askAll(talk, add, topics.questions)
  for (const theme of topics.values) {
    add('client', chance(0.5) ? line('ack') : '', talk.value(theme))
    add('agent', line('agree'))
  }
  for (const objection of topics.objections) {
    add('client', chance(0.4) ? line('ack') : '', talk.objection(objection))
    add('agent', talk.reply(objection))
  }
  if (outcome === 'won') {
    add('client', line('accept'))
    const paper = talk.random.next()
    if (company) {
      add('agent', line('askTax'))
      add('client', line('giveTax'))
    } else if (paper < 0.2) {
      add('agent', line('askCard'))
      add('client', line('giveCard'))
    } else if (paper < 0.42) {
      add('agent', line('askPassport'))
      add('client', line('givePassport'))
    }
  } else if (outcome === 'lost') {
    add('client', line('refuse'))
    add('agent', line('refuseReply'))
  } else {
    add('client', line('later'))
    add('agent', line('laterReply'))
  }
  add('agent', line('bye'))
  add('client', line('byeClient'))
  return list
}

/** The manager asks after the work is done. */
export function afterCall(talk: Talk, topics: Topics): Turn[] {
  const { line, chance } = talk
  const { list, add } = createTurns()
  add('agent', line('outGreet'))
  add('client', line('outHello'))
  add('agent', line('askAfter'))
  add('client', topics.values.length === 0 || chance(0.6) ? line('thanksAfter') : '')
  for (const theme of topics.values) {
    add('client', talk.value(theme))
    add('agent', line('agree'))
  }
  if (chance(0.2)) add('client', line('giveContract'))
  askAll(talk, add, topics.questions)
  add('agent', line('bye'))
  add('client', line('byeClient'))
  return list
}

/** Somebody rings who wants nothing that is sold. */
export function wrongCall(talk: Talk): Turn[] {
  const { list, add } = createTurns()
  add('agent', talk.line('greet'))
  add('client', talk.line('hello'), talk.line('notMine'))
  add('agent', talk.line('refuseReply'))
  add('client', talk.line('byeClient'))
  return list
}
