import { createAudit } from '../../accounts/audit.ts'
import { cliActor } from '../../accounts/roles.ts'
import { UsageError } from '../../errors.ts'
import {
  applyRetention,
  daysSchema,
  previewRetention,
  type RetainedKind,
  readRetention,
  retainedKinds,
  writeRetention,
} from '../../privacy/retention.ts'
import { atZone } from '../../sources/values.ts'
import type { Command } from '../command.ts'
import { toTextTable } from '../table.ts'

const command: Command = {
  summary: 'How long each kind of data is kept; shows what is over, removes it with --yes',
  usage: 'retention [--set KIND=DAYS]... [--yes] [--json]',
  options: {
    set: { value: 'KIND=DAYS', help: `${retainedKinds.join(', ')}; never: without end`, multiple: true },
    yes: { help: 'remove what is over now; the server does it once a day' },
    json: { help: 'print JSON' },
  },
  examples: [
    'retention',
    'retention --set calls=365 --set contacts=730',
    'retention --set visits=never',
    'retention --yes',
  ],
  run: async ({ args, options, io, config, database: open }) => {
    if (args.length > 0)
      throw new UsageError('retention takes options only', { hint: `Usage: ${command.usage}` })
    const database = await open()
    const retention = await readRetention(database)
    for (const wish of (options.set as string[] | undefined) ?? []) {
      const [, kind, days] = /^([a-z]+)=(\d{1,6}|never)$/.exec(wish) ?? []
      const parsed = daysSchema.safeParse(days === 'never' ? null : Number(days))
      if (!retainedKinds.includes(kind as RetainedKind) || !parsed.success)
        throw new UsageError(`--set ${wish}: KIND=DAYS, from 7 days on, or KIND=never`, {
          hint: `Kinds: ${retainedKinds.join(', ')}`,
        })
      retention[kind as RetainedKind] = parsed.data
    }
    if (options.set) await writeRetention(database, retention)
    const moment = atZone(Date.now(), config.timeZone)
    const over = options.yes
      ? await applyRetention(database, { moment, author: null })
      : await previewRetention(database, retention, moment.slice(0, 10))
    if (options.yes) {
      const audit = createAudit(database, error => io.note(String(error)))
      audit.record('retention', cliActor, null, { count: Object.values(over).reduce((sum, n) => sum + n, 0) })
      await audit.flush()
    }
    if (options.json) return io.out(JSON.stringify({ retention, [options.yes ? 'removed' : 'over']: over }))
    const rows = retainedKinds.map(kind => [kind, retention[kind] ?? 'never', over[kind] ?? 0])
    io.out(toTextTable(['kind', 'days', options.yes ? 'removed' : 'over'], rows))
    if (!options.yes && Object.values(over).some(n => n > 0)) io.note('Remove what is over: retention --yes')
  },
}

export default command
