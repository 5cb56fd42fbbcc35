/**
 * Cases of Russian names by the ending of the nominative (Zaliznyak's types of nouns and of surnames, without stress:
 * doubtful forms are all given, since a form too many does no harm). Everything in lower case, ё as е.
 */
export type Gender = 'm' | 'f'

/** Lower case, ё as е: how names are compared. */
export function plainName(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е')
}

/** Names whose stem loses a vowel, and others that follow no rule. */
const IRREGULAR: Record<string, string> = {
  лев: 'льв',
  павел: 'павл',
  петр: 'петр',
  игорек: 'игорьк',
}

/** All cases of a first name, its vocative («Саш») among them. */
export function formsOfFirstName(name: string, gender: Gender): string[] {
  const plain = plainName(name)
  const last = plain.at(-1)!
  const stem = plain.slice(0, -1)
  const with_ = (base: string, endings: string) => endings.split(' ').map(ending => base + ending)
  if (last === 'я' && plain.at(-2) === 'и') return [plain, ...with_(stem, 'и ю ей ею')]
  if (last === 'я') return [plain, ...with_(stem, 'и е ю ей ею'), `${stem}ь`, `${stem}й`]
  if (last === 'а') {
    const genitive = /[гкхжчшщц]$/.test(stem) ? 'и' : 'ы'
    const instrumental = /[жчшщц]$/.test(stem) ? 'ей ею' : 'ой ою'
    return [plain, ...with_(stem, `${genitive} е у ${instrumental}`), ...(stem.length > 2 ? [stem] : [])]
  }
  if (gender === 'f') {
    if (last !== 'ь') return [plain]
    // Любовь, Нинель.
    return [plain, ...with_(stem, 'и ю'), `${plain}ю`, ...(plain === 'любовь' ? ['любови'] : [])]
  }
  if (last === 'й') {
    const soft = plain.at(-2) === 'и' ? 'я ю ем и' : 'я ю ем е'
    return [plain, ...with_(stem, soft)]
  }
  if (last === 'ь') return [plain, ...with_(stem, 'я ю ем е')]
  if (/[оеиуэюы]/.test(last)) return [plain]
  const base =
    IRREGULAR[plain] ?? (/[еи]к$/.test(plain) && plain.endsWith('ек') ? `${plain.slice(0, -2)}ьк` : plain)
  const forms = [plain, ...with_(base, 'а у ом ем е')]
  // Славик, Костик keep their vowel; Игорёк, Санёк lose it.
  if (base !== plain) forms.push(...with_(`${plain.slice(0, -2)}к`, 'а у ом е'), ...with_(plain, 'а у ом е'))
  return forms
}

/** A man's name -> patronymics, masculine and feminine, by the usual rule. */
export function patronymicsOf(name: string): [string, string][] {
  const plain = plainName(name)
  const stem = plain.slice(0, -1)
  if (plain.endsWith('ий')) {
    const base = plain.slice(0, -2)
    return [
      [`${base}ьевич`, `${base}ьевна`],
      [`${base}иевич`, `${base}иевна`],
    ]
  }
  if (plain.endsWith('й')) return [[`${stem}евич`, `${stem}евна`]]
  if (plain.endsWith('ь')) return [[`${stem}евич`, `${stem}евна`]]
  if (/[аеиоуыэюя]$/.test(plain)) return [[`${stem}ович`, `${stem}овна`]]
  return [
    [`${plain}ович`, `${plain}овна`],
    ...(/[жшчщц]$/.test(plain) ? ([[`${plain}евич`, `${plain}евна`]] as [string, string][]) : []),
  ]
}

/** Cases of a patronymic: -ич like a noun, -на like a noun. */
export function formsOfPatronymic(patronymic: string): string[] {
  const plain = plainName(patronymic)
  if (/(?:ич|ыч)$/.test(plain)) return [plain, ...['а', 'у', 'ем', 'е', 'ом'].map(ending => plain + ending)]
  const stem = plain.slice(0, -1)
  return [plain, ...['ы', 'е', 'у', 'ой', 'ою'].map(ending => stem + ending)]
}

/** Cases of a surname of either gender, given in the masculine, and of the family («Ивановы»). */
export function formsOfSurname(surname: string): string[] {
  const plain = plainName(surname)
  const add = (base: string, endings: string) => endings.split(' ').map(ending => base + ending)
  if (/(?:[ое]в|[иы]н)$/.test(plain)) return [plain, ...add(plain, 'а у ым е ой ою ы ых ыми')]
  if (/(?:ова|ева|ина|ына)$/.test(plain)) return formsOfSurname(plain.slice(0, -1))
  if (/(?:ский|цкий|ской|цкой)$/.test(plain))
    return add(plain.slice(0, -2), 'ий ой ого ому им ом ая ую ою ие их ими')
  if (/(?:ская|цкая)$/.test(plain)) return formsOfSurname(`${plain.slice(0, -2)}ий`)
  if (/(?:ый|ий|ой)$/.test(plain))
    return add(plain.slice(0, -2), 'ый ий ой ого его ому ему ым им ом ем ая яя ую юю ою')
  if (/(?:ая|яя)$/.test(plain)) return add(plain.slice(0, -2), 'ая яя ой ей ую юю ою ею')
  if (/[оеиуэюы]$|[иы]х$/.test(plain)) return [plain]
  if (/[ая]$/.test(plain)) return [plain, ...add(plain.slice(0, -1), 'ы и е у ю ой ей')]
  if (/[ьй]$/.test(plain)) return [plain, ...add(plain.slice(0, -1), 'я ю ем е')]
  // Белец -> Бельца too; Саркисян, Ковальчук.
  const fleeting = plain.endsWith('ец') ? add(`${plain.slice(0, -2)}ц`, 'а у ом е') : []
  return [plain, ...add(plain, 'а у ом ем е'), ...fleeting]
}
