/** `npm run bench [-- NAME...]`: runs each benchmark of this folder in a process of its own and prints one table. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { type BenchRow, meets } from './bench.ts'

const notBenches = new Set(['run.ts', 'bench.ts', 'one.ts', 'company.ts'])
const wanted = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && !notBenches.has(file))
  .map(file => file.slice(0, -3))
  .filter(name => wanted.length === 0 || wanted.includes(name))
  .sort()

const lines: string[] = ['| bench | what | measured | aim | |', '|---|---|---:|---:|---|']
for (const name of names) {
  process.stderr.write(`${name} …\n`)
  // A fresh process each, so that one bench's heap and caches are not another's.
  const output = execFileSync(process.execPath, ['--expose-gc', `${import.meta.dirname}/one.ts`, name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 24,
  })
  for (const row of JSON.parse(output.trim().split('\n').at(-1)!) as BenchRow[]) {
    const number =
      row.value >= 100 ? Math.round(row.value).toLocaleString('en') : Number(row.value.toPrecision(3))
    const aim = row.aim ? `${row.aim.kind === 'min' ? '≥' : '≤'} ${row.aim.value.toLocaleString('en')}` : ''
    lines.push(
      `| ${name} | ${row.name} | ${number} ${row.unit} | ${aim} | ${row.aim ? (meets(row) ? 'met' : 'NOT met') : ''} |`,
    )
  }
}
process.stdout.write(`${lines.join('\n')}\n`)
