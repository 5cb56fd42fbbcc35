/** Where a model's answers are kept by the hash of all that was asked. Reading and writing never fail: a fault is a miss. */
export interface AnswerCache {
  get(key: string): Promise<string | null>
  put(key: string, entry: { task: string; model: string; answer: string }): Promise<void>
}

/** Keeps nothing. */
export const noAnswers: AnswerCache = { get: async () => null, put: async () => {} }
