import { UsageError } from '../../errors.ts'
import { type MaskOptions, maskText } from '../../privacy/mask.ts'
import type { Command } from '../command.ts'
import { readRows } from '../json-lines.ts'

const command: Command = {
  summary: 'Filter: mask personal data in texts (JSON Lines)',
  usage: 'mask [--language ru|en] [--name NAME]... < IN.jsonl > OUT.jsonl',
  options: {
    language: { value: 'ru|en', help: 'language of the placeholders (found by the text)' },
    name: {
      value: 'NAME',
      help: 'a name that is masked in all its cases wherever it stands',
      multiple: true,
    },
  },
  examples: ['echo \'{"id":1,"text":"это Ольга, мой номер 8 900 000-12-34"}\' | npm run -s verbatim -- mask'],
  run: async ({ io, options }) => {
    const { language } = options
    if (language !== undefined && language !== 'ru' && language !== 'en')
      throw new UsageError(`--language ${String(language)}: ru or en`)
    const names = (options.name as string[] | undefined) ?? []
    const settings: MaskOptions = { knownNames: names, ...(language !== undefined && { language }) }
    for await (const { id, text } of readRows(io)) {
      const masked = maskText(text, settings)
      io.out(JSON.stringify({ id, text: masked.text, spans: masked.spans }))
    }
  },
}

export default command
