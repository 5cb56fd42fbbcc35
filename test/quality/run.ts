/** `npm run quality [-- NAME...]`: every quality figure of this folder in one table. */
import { readdirSync } from 'node:fs'

/** `aim` is the least that is wanted, null where the row only informs. Values are shares or points as named. */
export interface QualityRow {
  name: string
  value: number
  aim: number | null
}

const wanted = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && file !== 'run.ts')
  .map(file => file.slice(0, -3))
  .filter(name => wanted.length === 0 || wanted.includes(name))
  .sort()

process.stdout.write('| set | figure | reached | aim | |\n|---|---|---:|---:|---|\n')
for (const name of names) {
  const { default: measure } = (await import(`./${name}.ts`)) as { default?: () => Promise<QualityRow[]> }
  if (!measure) continue
  for (const row of await measure()) {
    const verdict = row.aim === null ? '' : row.value >= row.aim ? 'met' : 'NOT met'
    process.stdout.write(
      `| ${name} | ${row.name} | ${Number(row.value.toFixed(3))} | ${row.aim ?? ''} | ${verdict} |\n`,
    )
  }
}
