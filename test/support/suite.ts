/**
 * The whole suite as `npm test` runs it: types, lint, unit tests, build, browser tests. Goes on after a failure,
 * so that one run shows everything, and ends with one plain line `N passed, N failed`. Each of types, lint and
 * build counts as one.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Tally {
  passed: number
  failed: number
}

/** Runs a tool of node_modules to its end; returns its exit code. */
function runTool(name: string, args: string[]): Promise<number> {
  process.stdout.write(`\n> ${name} ${args.join(' ')}\n`)
  return new Promise(resolve => {
    const child = spawn(join('node_modules', '.bin', name), args, {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    child.on('error', error => {
      process.stderr.write(`${name}: ${error.message}\n`)
      resolve(1)
    })
    child.on('exit', code => resolve(code ?? 1))
  })
}

async function check(name: string, args: string[]): Promise<Tally> {
  return (await runTool(name, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** A vitest project's tally; a run that failed without a failed test (a file that didn't load) counts as one. */
async function tests(project: string, folder: string): Promise<Tally> {
  const report = join(folder, `${project}.json`)
  const code = await runTool('vitest', [
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const found = await readFile(report, 'utf8').then(JSON.parse, () => ({}))
  const passed = Number(found.numPassedTests ?? 0)
  const failed = Number(found.numFailedTests ?? 0)
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

const folder = await mkdtemp(join(tmpdir(), 'verbatim-suite-'))
const tallies = [
  await check('tsc', []),
  await check('biome', ['check', '.']),
  await tests('unit', folder),
  await check('vite', ['build', '--logLevel', 'warn']),
  await tests('e2e', folder),
]
await rm(folder, { recursive: true })
const sum = (part: keyof Tally) => tallies.reduce((total, tally) => total + tally[part], 0)
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`)
process.exitCode = sum('failed') === 0 ? 0 : 1
