import type { RowFacts } from './facts.ts'

/** A row's facts as a flat object to look at before anything is stored; contact data is left out. */
export function previewOf(facts: RowFacts): Record<string, unknown> {
  const talk = facts.conversations?.[0]
  const main =
    facts.deal ??
    facts.visit ??
    facts.spend ??
    facts.target ??
    facts.page ??
    facts.stage ??
    talk?.conversation ??
    facts.client?.fields ??
    {}
  const given = Object.entries(main).filter(
    ([name, value]) => value !== null && !['week', 'month'].includes(name),
  )
  return {
    ...Object.fromEntries(given),
    ...(talk?.utterances[0] && !facts.deal && { text: talk.utterances[0].text.slice(0, 120) }),
  }
}
