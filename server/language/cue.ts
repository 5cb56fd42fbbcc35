/** What finding a phrase says of a clause; the tables are in cues-ru.ts and cues-en.ts. */
export type Cue =
  /** What leads in or answers and says nothing yet: «угу понятно», «и ещё такой вопрос». */
  | 'lead'
  /** Asks to be told. */
  | 'ask'
  /** Has an interrogative and states all the same: «вот почему», «не знаю где», “that's why”. */
  | 'states'
  /** A need or a problem put as a statement. */
  | 'need'
  /** A manager's note tells what a client asked. */
  | 'reported'
  /** Asks, but not about anything: contact, courtesy, identification. */
  | 'small'
  /** What is praised, wanted, chosen for. */
  | 'value'
  /** Denies a value. */
  | 'denied'
  /** What holds back, and reasons to refuse. */
  | 'objection'
  /** Sounds like an objection and is none. */
  | 'unobjection'
