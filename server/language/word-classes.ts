/**
 * Words -> what they do in a sentence. Grammar words are known one by one; of all others the ending tells: it is what
 * makes a statement of any subject look like one. No dictionary, so a noun may pass for a verb now and then.
 */
import type { TextLanguage } from './detect-language.ts'

export interface WordClass {
  /** Its part: `wh`, `p2`, `neg`, `pst`, `n` … */
  part: string
  /** The word itself where it is a grammar word, otherwise its part. */
  form: string
}

const RU: Record<string, string> = {
  wh: `кто кого кому кем ком что чего чему чем чом че чё чо шо какой какая какое какие какого какую какому каким каких какими
    каком каков какова каково каковы сколько скольки скольким почему зачем где куда откуда докуда когда как чей чья чье чьи
    чьего чьей насколько отчего почем нафига нафиг нахрена кой`,
  li: `ли разве неужели неужто`,
  p1: `я меня мне мной мною мы нас нам нами`,
  my: `мой моя мое мои моего моей моему моих моим моими мою наш наша наше наши нашего нашей нашему наших нашим нашу`,
  p2: `ты тебя тебе тобой тобою`,
  p2p: `вы вас вам вами`,
  your: `твой твоя твое твои твоего твоей твоему твоих твоим твою ваш ваша ваше ваши вашего вашей вашему ваших вашим вашу`,
  p3: `он она оно они его ее их ему ей им ими него нее них нему ней ним ними нем`,
  self: `себя себе собой свой своя свое свои своего своей своему своих своим свою сам сама само сами`,
  dem: `это этот эта эти этого этой этому этом этим этих этими эту то тот та те того той тому том тем тех теми ту такой такая
    такое такие такого такую таких`,
  adv: `так там тут здесь туда сюда оттуда отсюда тогда сейчас теперь сегодня завтра вчера потом опять снова всегда
    никогда иногда уже еще тоже также очень только лишь даже просто вообще прямо именно совсем сразу скоро давно точно
    обязательно наверное наверно видимо конечно кажется вроде похоже может-быть значит кстати больше меньше хоть`,
  neg: `не ни нет нельзя без никто ничего никого ничто нечего некому никак никакой никаких никуда нигде`,
  mod: `можно надо нужно нужен нужна нужны должен должна должны должно пора хватит обязан обязана можешь можете могу
    может могут могли мог можем могла`,
  be: `есть был была было были будет будут буду будешь будете будем быть бывает бывают`,
  part: `же ж ведь бы б уж вот ну да ага угу ой эй ах ох эх ладно хорошо ок давай давайте пусть пожалуйста спасибо алло
    привет здравствуйте извините простите извини прости слушай слушайте смотри смотрите`,
  conj: `и а но или либо если чтобы чтоб потому поэтому хотя зато раз ибо пока который которая которое которые которого
    которой которую которых`,
  prep: `в во на с со к ко у о об от до из за по под над при про для через между перед после около из-за кроме вместо среди
    против`,
  know: `знаешь знаете помнишь помните слышал слышала слышали видел видела видели думаешь думаете хочешь хотите понимаешь
    понимаете понял поняла поняли знаю помню понимаю думаю`,
  ask: `скажи скажите подскажи подскажите расскажи расскажите объясни объясните ответь ответьте уточните поясните
    интересует интересно вопрос узнать уточнить спросить`,
  all: `все всех всем всю весь вся всего всей всеми каждый каждая`,
  voc: `мама мам мамочка папа пап папочка батя сынок сын сынуля доченька дочка дочь бабушка бабуля дедушка дед внучек дорогой
    дорогая милый милая любимый любимая родная дружище друг друзья брат братан ребята дети мальчик мальчики девочка девочки
    девушка мужчина женщина гражданин гражданка граждане товарищ товарищи господин госпожа господа сэр мадам доктор
    больной сестра учитель профессор официант шеф начальник командир водитель капитан судья подсудимый хозяин хозяйка
    соседка сосед тетя дядя коллега коллеги уважаемый уважаемая люди барышня молодой-человек бармен батюшка святой-отец
    саша маша даша паша коля вася петя ваня миша гриша сережа дима вова леша алеша андрей антон артем борис вадим валера
    виктор витя володя гена глеб денис егор женя иван игорь илья кирилл костя лев леня максим никита олег павел петр роман
    рома семен сеня сергей слава степан тимур федор юра юрий яша алина алла аня анна валя вера вика галя инна ира ирина
    катя кристина ксения лариса лена люда люся людмила марина мария надя наташа нина оксана оля ольга полина рита света
    светлана соня софья таня татьяна юля юлия иванов петров сидоров вовочка петька василий николай александр дмитрий
    владимир михаил алексей евгений елена екатерина наталья`,
}

const EN: Record<string, string> = {
  wh: `what how when where why which who whose whom what's how's where's when's who's why's`,
  aux: `do does did is are am was were isn't aren't wasn't weren't don't doesn't didn't has have had haven't hasn't hadn't`,
  mod: `can could will would shall should may might must can't cannot couldn't won't wouldn't shouldn't needn't ought`,
  i: `i we me us i'm i'd i've i'll we're we've we'd we'll my our mine ours myself`,
  you: `you your yours you're you've you'd you'll yourself`,
  they: `he she they them him her his their he's she's they're they've they'll`,
  it: `it its it's this that these those that's there there's here`,
  art: `the a an some any another other each every`,
  neg: `not no never nothing nobody none without`,
  conj: `and or but if because so though although unless whether since while until than as`,
  prep: `of in on at to for from with about by into over under after before between during up out off down through`,
  part: `well ok okay yes yeah no-problem hi hello hey please thanks thank sorry oh um uh alright right just also then now
    actually anyway really very too maybe perhaps`,
  ask: `tell explain wondering wonder know ask asking question curious clarify check`,
  want: `want need like would-like looking trying help let let's`,
}

const toMap = (table: Record<string, string>) =>
  new Map(
    Object.entries(table).flatMap(([part, words]) =>
      words.split(/\s+/).map((form): [string, WordClass] => [form, { part, form }]),
    ),
  )
const known = { ru: toMap(RU), en: toMap(EN) }

/** By endings, the first that fits; of words of at least so many letters. */
const RU_ENDINGS: readonly [part: string, least: number, ending: RegExp][] = [
  ['voc', 6, /(?:ович|евич|ьич|овна|евна|ична)$/],
  ['v2', 4, /[еи]шь(?:ся)?$/],
  ['v2p', 5, /[еи]те(?:сь)?$/],
  ['imp', 4, /[йь]те(?:сь)?$/],
  ['n', 4, /ость$/],
  ['inf', 4, /(?:ть|ти|чь)(?:ся|сь)?$/],
  ['pstp', 4, /ли(?:сь)?$/],
  ['pst', 4, /(?:ла|ло|[аеиоуыя]л)(?:сь|ся)?$/],
  ['v3', 4, /(?:[еи]т|[юу]т|[ая]т)(?:ся)?$/],
  ['v1', 4, /(?:[аяуе]ю|[лчшжщд]у|[юу]сь)$/],
  ['v1p', 5, /[еи]м(?:ся)?$/],
  ['adj', 5, /(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]х|ую|юю|ым)$/],
  ['o', 4, /о$/],
  ['imps', 4, /[аеуя]йс?я?$/],
  ['na', 1, /[ая]$/],
  ['ny', 1, /[ыи]$/],
  ['nu', 1, /[ую]$/],
  ['ne', 1, /[ео]$/],
  ['lat', 1, /^[a-z]/],
]
const EN_ENDINGS: readonly [part: string, least: number, ending: RegExp][] = [
  ['ing', 5, /ing$/],
  ['ed', 4, /ed$/],
  ['ly', 4, /ly$/],
  ['ion', 5, /(?:ion|ment|ness|ity)$/],
  ['s', 4, /s$/],
]
const endings = { ru: RU_ENDINGS, en: EN_ENDINGS }

/** What a norm does in a sentence of a language. */
export function classOf(norm: string, language: TextLanguage): WordClass {
  const word = known[language].get(norm)
  if (word) return word
  const first = norm.charCodeAt(0)
  const part =
    first === 0x3c || first === 0x2116 || (first >= 0x30 && first <= 0x39)
      ? 'num'
      : (endings[language].find(([, least, ending]) => norm.length >= least && ending.test(norm))?.[0] ?? 'x')
  return { part, form: part }
}
