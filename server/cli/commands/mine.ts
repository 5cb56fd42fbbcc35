import { refresh } from '../../jobs/refresh.ts'
import { atZone } from '../../sources/values.ts'
import type { Command } from '../command.ts'

const command: Command = {
  summary: 'Find questions, values and objections in what came since the last time, and the personas',
  usage: 'mine [--json]',
  options: { json: { help: 'print the report as JSON' } },
  examples: ['mine'],
  run: async ({ database, config, io, options, signal }) => {
    const report = await refresh(await database(), {
      signal,
      now: atZone(Date.now(), config.timeZone),
      language: config.language,
      embeddings: config.embeddings,
      llm: config.llm,
      estimated: ({ tokens, cost, currency }) =>
        io.note(
          `Naming themes: asking the model, at most ${tokens} tokens${cost === null ? '' : `, up to ${Number(cost.toFixed(4))} ${currency}`}`,
        ),
      progress: (done, total) => io.progress(done, total, 'mining'),
    })
    for (const warning of report.warnings) io.note(warning)
    io.out(
      options.json
        ? JSON.stringify(report)
        : `Conversations read ${report.conversations}; mentions ${report.mentions}: in themes ${report.assigned}, waiting ${report.waiting}; new themes ${report.newThemes}; personas ${report.personas.personas}${report.named > 0 ? `; named by the model ${report.named}` : ''}`,
    )
  },
}

export default command
