/**
 * Words that say nothing about what a text is about. Interrogatives, negation, quantities and modal words stay out of
 * these lists: «сколько», «не», «можно» are what questions are made of.
 */
const RU = `и в во на с со к ко у о об от до из за по под над при про для без через это этот эта эти этого этой этом этих
то тот та те того той тех так такой такая такое такие там тут здесь вот ну да а но же бы уж ведь ли я ты он она оно мы вы они
меня мне мной тебя тебе его ему ей ее их им нас нам вас вам вами мой моя мое мои твой наш наша наше наши ваш ваша ваше ваши
свой своя свое свои себя себе сам сама сами быть был была было были есть будет будут будем буду если или либо то-есть
также тоже уже еще только лишь очень просто вообще вроде типа короче значит кстати собственно конечно наверное
пожалуйста здравствуйте добрый день вечер утро алло спасибо хорошо ладно понятно ясно угу ага э-э ээ эм мм м слушайте
скажите подскажите хотел хотела хотели бы узнать вопрос интересует уточнить девушка`
const EN = `a an the and or but if then so as of at by to in into on onto for with from about over this that these those
it its i me my mine we us our you your he him his she her they them their am is are was were be been being do does did done
have has had having will would shall should just also too very really like well um uh er ok okay yes yeah please thanks
thank hello hi hey good morning afternoon there here now gonna wanna let lets`

const toSet = (words: string) => new Set(words.split(/\s+/))
const sets = { ru: toSet(RU), en: toSet(EN) }

/** Whether a norm is a stop word of either language (Russian speech is full of English names, never of English grammar). */
export function isStopword(norm: string): boolean {
  return sets.ru.has(norm) || sets.en.has(norm)
}
