/** `npm run demo:data -- [--clients N] [--seed S] [--language ru|en] [--out DIR]`: writes the demo data and its truth. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { committed, type DemoOptions, generateDemo } from './generate.ts'
import { collectTruth, printTruth } from './truth.ts'
import { writeEnglish } from './writers/en.ts'
import { writeRussian } from './writers/ru.ts'

/** Writes one language's files into `out/LANGUAGE/` and its truth beside it; what stood in the folder is gone. */
export async function writeDemo(options: DemoOptions, out: string): Promise<void> {
  const demo = generateDemo(options)
  const folder = join(out, options.language)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await (options.language === 'ru' ? writeRussian : writeEnglish)(demo, folder)
  writeFileSync(join(out, `truth.${options.language}.json`), printTruth(collectTruth(demo)))
}

function readNumber(text: string | undefined, fallback: number, name: string): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: a whole number above zero`)
  return value
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string' },
      seed: { type: 'string' },
      language: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const languages = values.language === undefined ? ['ru', 'en'] : [values.language]
  for (const language of languages) {
    if (language !== 'ru' && language !== 'en') throw new Error(`--language ${language}: ru or en`)
    const clients = readNumber(values.clients, committed[language].clients, 'clients')
    const seed = readNumber(values.seed, committed[language].seed, 'seed')
    await writeDemo({ clients, seed, language }, values.out ?? join(import.meta.dirname, '..'))
  }
}
