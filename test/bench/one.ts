/** One benchmark by name; its rows as JSON on the last line. Started by run.ts. */
import type { BenchRow } from './bench.ts'

const { default: bench } = (await import(`./${process.argv[2]}.ts`)) as { default: () => Promise<BenchRow[]> }
process.stdout.write(`\n${JSON.stringify(await bench())}\n`)
process.exit(0)
