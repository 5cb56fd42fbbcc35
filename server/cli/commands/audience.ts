import { writeFile } from 'node:fs/promises'
import { UsageError } from '../../errors.ts'
import { exportAudience } from '../../insight/audience-export.ts'
import { type Identifier, type Platform, platforms } from '../../insight/audience-layouts.ts'
import { audienceRuleSchema } from '../../insight/audience-rules.ts'
import { atZone } from '../../sources/values.ts'
import { createOverview } from '../../store/overview.ts'
import { recordWritten } from '../../store/written-files.ts'
import type { Command } from '../command.ts'

const command: Command = {
  summary: 'Write an audience for an advertising platform: only clients who consented; the export is logged',
  usage:
    'audience PLATFORM --rule JSON --out FILE [--plain] [--by phone | email] [--country RU] [--author NAME]',
  options: {
    rule: { value: 'JSON', help: 'the rule, such as {"rule":"untouched","days":30}' },
    out: { value: 'FILE', help: 'where the file goes' },
    plain: { help: 'do not hash phones and e-mails' },
    by: { value: 'KIND', help: 'phone (default) or email; VK takes one kind a file' },
    country: { value: 'CODE', help: 'country of numbers without a code: RU' },
    author: { value: 'NAME', help: 'who takes it, for the log' },
  },
  examples: [`audience yandex --rule '{"rule":"persona","persona":"p-1"}' --out audience.csv`],
  run: async ({ args, options, io, database, config }) => {
    const [platform] = args
    if (args.length !== 1 || !(platforms as readonly string[]).includes(platform!))
      throw new UsageError('Name a platform', { hint: `One of: ${platforms.join(', ')}` })
    if (typeof options.out !== 'string')
      throw new UsageError('Say where the file goes', { hint: '--out FILE' })
    const identifier = options.by ?? 'phone'
    if (identifier !== 'phone' && identifier !== 'email') throw new UsageError('--by is phone or email')
    const opened = await database()
    const now = atZone(Date.now(), config.timeZone)
    const file = await exportAudience(
      opened,
      {
        rule: readRule(options.rule),
        platform: platform as Platform,
        hashed: options.plain !== true,
        identifier: identifier as Identifier,
        country: typeof options.country === 'string' ? options.country.toUpperCase() : 'RU',
        today: (await createOverview(opened).today()) ?? now.slice(0, 10),
      },
      { author: typeof options.author === 'string' ? options.author : null, now },
    )
    await recordWritten(opened, options.out, file.aliases, now)
    await writeFile(options.out, file.content, { mode: 0o600 })
    io.out(`Clients with consent ${file.clients}; lines written ${file.rows}`)
    if (file.rows < file.least) io.note(`${platform} takes files of ${file.least} lines and more`)
  },
}

function readRule(text: unknown) {
  const hint = 'Such as {"rule":"untouched","days":30}, {"rule":"upsell","bought":"A","without":"B"}.'
  let given: unknown
  try {
    given = JSON.parse(String(text))
  } catch (cause) {
    throw new UsageError('--rule is not JSON', { hint, cause })
  }
  const parsed = audienceRuleSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(`The rule can't be taken: ${issue!.path.join('.')} ${issue!.message}`, { hint })
}

export default command
