/** What is known of names: built once from the dictionaries, at first use. */
import { readRows, readSections } from './data.ts'
import {
  formsOfFirstName,
  formsOfPatronymic,
  formsOfSurname,
  type Gender,
  patronymicsOf,
  plainName,
} from './name-forms.ts'

export interface Lexicon {
  /** Forms of Russian first names -> whether the form is an everyday word as well. */
  firstRu: ReadonlyMap<string, boolean>
  patronymics: ReadonlySet<string>
  surnamesRu: ReadonlySet<string>
  /** Words that look like a surname and are none. */
  notSurname: ReadonlySet<string>
  /** Words that follow «зовут» and such without being a name. */
  notNameRu: ReadonlySet<string>
  greetings: ReadonlySet<string>
  rolesRu: ReadonlySet<string>
  cities: ReadonlySet<string>
  /** English first names -> whether the name is a word as well. */
  firstEn: ReadonlyMap<string, boolean>
  surnamesEn: ReadonlySet<string>
  notNameEn: ReadonlySet<string>
  titlesEn: ReadonlySet<string>
  rolesEn: ReadonlySet<string>
  townsEn: ReadonlySet<string>
  /** Names of streets that are said without «улица». */
  streets: ReadonlySet<string>
  /** A full name -> what its owner is called among friends. */
  shortNames: ReadonlyMap<string, readonly string[]>
}

let built: Lexicon | undefined

export function lexicon(): Lexicon {
  built ??= build()
  return built
}

function build(): Lexicon {
  const words = readSections('words-ru.txt')
  const ambiguous = new Set(words.get('name-or-word'))
  const neverNames = new Set(words.get('not-a-name'))
  const firstRu = new Map<string, boolean>()
  const patronymics = new Set<string>()
  const shortNames = new Map<string, string[]>()
  for (const [name, gender, ...short] of readRows('names-ru.txt') as [string, Gender, ...string[]][]) {
    for (const each of [name, ...short])
      for (const form of formsOfFirstName(each, gender))
        if (!neverNames.has(form)) firstRu.set(form, ambiguous.has(form))
    shortNames.set(plainName(name), short.map(plainName))
    if (gender === 'm')
      for (const pair of patronymicsOf(name))
        for (const patronymic of pair) for (const form of formsOfPatronymic(patronymic)) patronymics.add(form)
  }
  for (const row of readRows('patronymics-ru.txt'))
    for (const patronymic of row) for (const form of formsOfPatronymic(patronymic)) patronymics.add(form)
  const surnamesRu = new Set(readRows('surnames-ru.txt').flat().flatMap(formsOfSurname))
  const english = readSections('names-en.txt')
  const lower = (section: string) => new Set(english.get(section)!.map(word => word.toLowerCase()))
  const wordsToo = lower('name-or-word')
  const streets = readRows('streets-ru.txt').flat().flatMap(formsOfStreet)
  return {
    firstRu,
    patronymics,
    surnamesRu,
    notSurname: new Set(words.get('not-a-surname')),
    notNameRu: neverNames,
    greetings: new Set(words.get('greeting')),
    rolesRu: new Set(words.get('role')),
    cities: new Set(words.get('city')),
    firstEn: new Map([...lower('name'), ...wordsToo].map(name => [name, wordsToo.has(name)])),
    surnamesEn: lower('surname'),
    notNameEn: lower('not-a-name'),
    titlesEn: lower('title'),
    rolesEn: lower('role'),
    townsEn: lower('town'),
    streets: new Set(streets),
    shortNames,
  }
}

/** «Садовая» -> на Садовой, по Садовую; «Ленина» stays. */
function formsOfStreet(name: string): string[] {
  const plain = plainName(name)
  return plain.endsWith('ая')
    ? ['ая', 'ой', 'ую'].map(ending => plain.slice(0, -2) + ending)
    : plain.endsWith('яя')
      ? ['яя', 'ей', 'юю'].map(ending => plain.slice(0, -2) + ending)
      : [plain]
}
