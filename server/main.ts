/** Command line entry: the only file that reads the environment, wires the parts and ends the process. */
import { enableCompileCache } from 'node:module'
import { argv, env, exit, stderr, stdin, stdout } from 'node:process'

// Heavy queries would fill libuv's four threads and delay every file read behind them.
env.UV_THREADPOOL_SIZE ??= '8'

const stop = new AbortController()
let asked = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked += 1
    stop.abort()
    if (asked > 1) exit(130)
  })
}
// A reader such as `head` that closes the pipe early is no fault of ours.
stdout.on('error', error => exit((error as NodeJS.ErrnoException).code === 'EPIPE' ? 0 : 1))

// What was compiled once is kept for the next start; hence the late import.
enableCompileCache()
const { dispatch } = await import('./cli/dispatch.ts')
const code = await dispatch(argv.slice(2), {
  environment: env,
  signal: stop.signal,
  stdin,
  stdout,
  stderr,
})
exit(code)
