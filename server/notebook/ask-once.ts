import type { Reader, ReadResult } from '../store/database.ts'

/** Answers of at most so many rows are kept until the run has ended. */
const SMALL = 1000

/** The reader for one run: cells that ask the same share one answer. A large one is forgotten when it is there. */
export function askOnce(reader: Reader): Reader {
  const asked = new Map<string, Promise<ReadResult>>()
  return {
    dialect: reader.dialect,
    read: (statement, options = {}) => {
      const { signal: _, ...limits } = options
      const key = JSON.stringify([statement.strings, statement.values, limits])
      const known = asked.get(key)
      if (known) return known
      const answer = reader.read(statement, options)
      asked.set(key, answer)
      const forget = () => asked.delete(key)
      answer.then(({ rows }) => rows.length > SMALL && forget(), forget)
      return answer
    },
  }
}
