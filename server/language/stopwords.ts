/**
 * Words that say nothing about what a text is about. Interrogatives (also «ли»), negation (also «без»), quantities and
 * modal words stay out of these lists: «сколько», «не», «можно» are what questions are made of.
 */
const RU = `и в во на с со к ко у о об обо от до из изо за по под подо над при про для через
это этот эта эти этого этой этом этих этому этим этими эту то тот та те того той тех тем тому там тут здесь туда сюда вот
так такой такая такое такие такого таких такую ну да а но же ж бы б уж ведь я ты он она оно мы вы они
меня мне мной тебя тебе тобой его ему им ей ее их ими нем ней них нас нам нами вас вам вами
мой моя мое мои моего моей моему моих твой твоя твое твои наш наша наше наши нашего нашей наших нашу
ваш ваша ваше ваши вашего вашей ваших вашу вашем свой своя свое свои свою своего своей своих себе себя собой сам сама само сами
быть был была было были есть будет будут будем буду будете если или либо тоже также уже еще только лишь очень просто
вообще вроде типа короче значит кстати собственно конечно наверное наверно видимо допустим скажем как-то какой-то
какая-то какие-то что-то пожалуйста здравствуйте здрасьте добрый доброе день вечер утро алло спасибо хорошо ладно понятно
ясно угу ага э-э ээ эм эмм мм м э слушайте смотрите скажите подскажите хотел хотела хотели бы узнать вопрос интересует
уточнить девушка`
const EN = `a an the and or but if then so as of at by to in into on onto for with from about over this that these those
it its it's i i'm i'd i've i'll me my mine we we're we've we'd us our you you're you've your yours he him his he's she her
she's they they're them their am is are was were be been being do does did doing done have has had having will would shall
should just also too very really like well um uh er hmm ok okay yes yeah yep please thanks thank hello hi hey good morning
afternoon evening there there's that's here now gonna wanna let lets let's`

const toSet = (words: string) => new Set(words.split(/\s+/))
const sets = { ru: toSet(RU), en: toSet(EN) }

/** Whether a norm is a stop word of either language (Russian speech is full of English names, never of English grammar). */
export function isStopword(norm: string): boolean {
  return sets.ru.has(norm) || sets.en.has(norm)
}
