import type { Command } from '../command.ts'
import { portOf, serveUntilStopped } from '../serving.ts'

const command: Command = {
  summary: 'Serve the workbench in the browser',
  usage: 'serve [--port N]',
  options: { port: { value: 'N', help: 'port to listen on (default: VERBATIM_PORT or 4400)' } },
  examples: ['serve', 'serve --port 8080'],
  run: async context => {
    const config = { ...context.config, port: portOf(context) }
    await serveUntilStopped(config, await context.database(), context)
  },
}

export default command
