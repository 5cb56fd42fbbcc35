/** `node server/language/training/main.ts`: trains both classifiers and writes their files. */
import { writeFileSync } from 'node:fs'
import { trainBoundaries, trainQuestions } from './models.ts'

const write = (name: string, model: unknown) =>
  writeFileSync(new URL(`../${name}`, import.meta.url), `${JSON.stringify(model)}\n`)
write('question-model.json', trainQuestions())
write('boundary-model.json', trainBoundaries())
