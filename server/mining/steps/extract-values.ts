/** Values: what clients praise, want and chose for. Not what they deny, nor what only echoes the agent. */
import { detectLanguage } from '../../language/detect-language.ts'
import { stem } from '../../language/stems.ts'
import { isStopword } from '../../language/stopwords.ts'
import type { ExtractionStep, Mention } from '../mention.ts'

const VALUE =
  /(?:^| )(?:(?:мне|нам|жене|мужу|всем)?(?: очень| больше всего)? ?(?:нравится|понравил\S+|нравятся)|(?:для (?:меня|нас) )?(?:самое )?(?:важно|важнее|важна|важен|важны|главное|принципиально|ценно|ценю|ценим)(?! не)|хочется (?:чтобы|чтоб|что бы)|хотелось бы чтобы|хотим чтобы|хочу чтобы|нужно чтобы|надо чтобы|лишь бы|выбра\S+ (?:вас|вашу|из за|потому|за)|решили у вас|обратил\S+ к вам|к вам (?:пришл\S+|обратил\S+) потому|(?:соседи|соседка|сосед|знакомые|друзья|подруга|коллеги|брат|сестра) (?:\S+ )?(?:посоветовал\S*|рекомендовал\S*|хвал\S+|советовал\S*)|хвал(?:ят|или|ила)|радует|порадовал\S*|устраивает|устроил\S*|подкупил\S*|удобно(?: что| когда)|приятно(?: что| удивил\S*)|доволен|довольна|довольны|спасибо (?:за|что)|хорошо что|здорово что|классно что|отлично что|молодцы что|нравилось|по душе|отзывы (?:хорошие|отличные|прочитал\S*|у вас хорошие)|стало (?:тихо|тепло|тише|теплее|светлее|удобнее)|аккуратно (?:сделали|поставили|работают|все)|быстро (?:сделали|приехали|поставили|ответили)|вежлив\S+)(?: |$)|(?:^| )(?:i|we|my \S+|they)(?: really| also| just| absolutely)? (?:like|liked|love|loved|appreciate|appreciated|enjoyed|chose you|picked you|went with you|value|prefer)(?: |$)|(?:^| )(?:(?:most |really |very |what's |it's |is )?important (?:to|for|that|thing)|the main thing|what matters|matters (?:most|to)|(?:really |very |so |quite )?(?:happy|pleased|impressed|satisfied) (?:with|that|by)|recommended (?:you|by)|good reviews|great reviews|i want it to|we want it to|as long as it|peace of mind|thank you for|it's (?:great|good|lovely|nice) that)(?: |$)/g

/** Said of a value, these deny it. */
const DENIED =
  /(?:^| )(?:не сказал\S* бы|не то чтобы|не очень|не особо|не особенно|не так уж|не важно|неважно|не нравится|не понравил\S*|не устраивает|не устроил\S*|не доволен|не довольна|не довольны|недоволен|недовольна|не радует|нельзя сказать|вряд ли|не главное|не принципиально|don't like|didn't like|doesn't matter|not important|wouldn't say|not (?:really |very |too )?(?:happy|pleased|impressed|satisfied)|don't care|not that)(?: |$)/

/** So large a share of a value's words in the agent's mouth just before makes it an echo. */
const ECHO = 0.6

const step: ExtractionStep = {
  kind: 'value',
  extract: ({ n, text: source }, clauses, heard) => {
    const language = detectLanguage(source)
    return clauses.flatMap((clause): Mention[] => {
      const tokens = clause.tokens.filter(token => token.kind !== 'punctuation')
      const text = tokens
        .map(token => token.norm)
        .join(' ')
        .replace(/-/g, ' ')
      VALUE.lastIndex = 0
      const match = VALUE.exec(text)
      if (!match || clause.end.includes('?') || DENIED.test(text)) return []
      const content = tokens.filter(token => !isStopword(token.norm)).map(token => stem(token.norm, language))
      // The sign itself («нравится») says nothing of what is valued.
      const signs = match[0]
        .trim()
        .split(' ')
        .filter(word => !isStopword(word)).length
      if (content.length <= Math.min(signs, 2)) return []
      const echoed = content.filter(word => heard.has(word)).length
      if (echoed / content.length >= ECHO) return []
      return [{ n, from: clause.from, to: clause.to, kind: 'value', score: 0.75 }]
    })
  },
}

export default step
