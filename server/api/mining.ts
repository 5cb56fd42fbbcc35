import type { MineTask } from '../jobs/task.ts'
import type { Job } from './contract.ts'
import type { AppParts } from './parts.ts'

const titles = {
  ru: 'Поиск вопросов, ценностей и возражений',
  en: 'Finding questions, values and objections',
}

/** Queues mining, unless it waits for its turn already: then that one is it. */
export function queueMining({ jobs, config }: Pick<AppParts, 'jobs' | 'config'>): Job {
  const waiting = jobs.waiting('mine')
  if (waiting) return waiting
  const { dataDir, database, timeZone, language, embeddings, llm } = config
  const task: MineTask = {
    kind: 'mine',
    settings: { dataDir, database },
    timeZone,
    language,
    embeddings,
    llm,
  }
  return jobs.add(titles[language], task).job
}
