/**
 * Words by how little they say about what a text is about. `silent` ones are courtesy and small talk: dropped. `light`
 * ones are grammar and the frame of a request («I'd like to know whether…», «подскажите, можно ли…»): they count less.
 * Norms as tokenize gives them; both languages, since Russian speech is full of English names.
 */
import { isStopword } from '../language/stopwords.ts'
import { tokenize } from '../language/tokens.ts'

const SILENT = `hi hello hey good morning afternoon evening day thanks thank please ok okay yes yeah yep yup um uh uhm hmm mm
oh ah er alright great perfect cool bye sir ma'am mam appreciate
здравствуйте здравствуй здрасьте привет добрый день вечер утро доброе доброго алло спасибо пожалуйста ага угу ой эм ээ э мм м
хм благодарю уважаемые уважаемый подскажите подскажи скажите скажи расскажите расскажи уточните объясните поясните
хотел хотела хотели хотелось узнать спросить уточнить поинтересоваться интересует интересно вопрос вопросик
слушайте смотрите знаете ладно понятно ясно ну вот короче типа блин`

/** Numbers in words and their coins: a spoken card number or sum is no topic. */
const COUNTS = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dollar dollars
cents buck bucks first second third
ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать
шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят
девяносто сто двести триста четыреста пятьсот тысяча тысячи тысяч миллион рубль рубля рублей руб`

const LIGHT = `a an the and or but if then so as of at by to in into on onto for with from about over this that these those
it its it's i me my mine we us our you your he him his she her they them their am is are was were be been being do does did
done has have had having will would shall should just also too very really like well gonna wanna let lets let's here now there
i'm i'd i've i'll we're we'd we've you're he's she's they're that's there's what's isn't
can could may might must want need wish help know tell see look looking find try trying get got able wonder wondering hope
hoping call calling called ask asking question actually maybe guess think some any all something anything somebody sure
because since figure out way possible possibly however again already still back up down new going go make made take give more
much thing things stuff today right kind sort basically anyway yet even only when while where which who whom whose how what why
и в во на с со к ко у о об от до из за по под над при про для без через это этот эта эти этого этой этом этих
то тот та те того той тех так такой такая такое такие там тут здесь вот ну да а но же бы уж ведь ли я ты он она оно мы вы они
меня мне мной тебя тебе его ему ей ее их им нас нам нами вас вам вами мой моя мое мои твой наш наша наше наши ваш ваша ваше ваши
свой своя свое свои себя себе сам сама сами быть был была было были есть будет будут будем буду если или либо
также тоже уже еще только лишь очень просто вообще вроде типа короче значит кстати собственно конечно наверное
скажите подскажите подскажи скажи хотел хотела хотели хочу хотим хотелось узнать вопрос интересует интересно уточнить
насчет поводу касательно расскажем можем сможете смогу дайте давайте сейчас теперь получается тогда раз
помогите помочь помоги можете могу можно могли нужно надо нужен нужна нужны знаю знать понять понимаю какой какая какие каким
как что чем кто где когда куда почему зачем сколько все весь`

const toSet = (words: string) => new Set(words.split(/\s+/))
const silent = new Set([...toSet(SILENT), ...toSet(COUNTS)])
const light = toSet(LIGHT)

export type Heft = 'silent' | 'light' | 'full'

/** How much a norm says. */
export function heftOf(norm: string): Heft {
  if (silent.has(norm)) return 'silent'
  return light.has(norm) || isStopword(norm) ? 'light' : 'full'
}

/** Words that ask for help without saying with what: «как это сделать», “can you assist me with that”. */
const VAGUE = toSet('делать сделать помочь решить быть assist assistance help handle resolve tonight this')

/** Whether a text says what it is about, and not only that something is wanted. */
export function isTelling(text: string): boolean {
  return tokenize(text).some(
    ({ kind, norm }) => (kind === 'word' || kind === 'unit') && heftOf(norm) === 'full' && !VAGUE.has(norm),
  )
}
