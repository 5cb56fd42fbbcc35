/**
 * Whether a clause asks something. Signs are weighed, since unpunctuated speech gives no single one: interrogatives,
 * ли, modal openings, requests to be told, verbs put first, and what speaks against (relative clauses, set phrases).
 */
import type { Clause } from './clauses.ts'
import { detectLanguage } from './detect-language.ts'
import { isStopword } from './stopwords.ts'

export interface Asking {
  /** Above 0.5 it is a question. */
  score: number
  /** Words that mean something: what is left without greetings and stop words. */
  content: number
}

const RU: readonly [weight: number, pattern: RegExp][] = [
  // Requests to be told.
  [
    0.6,
    /(?:^| )(?:подскажите|подскажи|скажите|скажи|расскажите|объясните|уточните|поясните|подсказать|не подскаж\S+)(?: |$)/,
  ],
  [
    0.6,
    /(?:^| )(?:хотел|хотела|хотели|хочу|хочется|хотелось)(?: бы)?(?: у вас)?(?: \S+)? (?:узнать|уточнить|спросить|понять|поинтересоваться|проконсультироваться)/,
  ],
  [
    0.55,
    /(?:^| )(?:интересует|интересуют|меня интересует|есть вопрос|такой вопрос|вопрос такой|вопрос)(?: |$)/,
  ],
  // Interrogatives at the beginning, after a few words that lead in.
  [
    0.75,
    /^(?:(?:а|и|ну|но|так|вот|то|еще|или|да|тогда|слушайте|алло|простите|извините|пожалуйста|здравствуйте|добрый|день|девушка|просто|кстати|допустим|если что|это) )*(?:сколько|скольки|когда|где|куда|откуда|почему|зачем|насколько|отчего|чей|чья|какой|какая|какое|какие|какого|какую|какому|каким|каких|каков\S*|кто|кому|кого|чем|чего|что|как|в каком|в какой|за сколько|с какого|по какой|по каким|до скольки|во сколько|на сколько|от чего|с кем|к кому|у кого|на какой|на каком|в чем|о чем|за что|для чего|из чего|на чем)(?: |$)/,
  ],
  [0.5, /(?:^| )(?:сколько|почему|зачем|насколько|во сколько|за сколько)(?: |$)/],
  [
    0.35,
    /(?:^| )(?:какой|какая|какое|какие|какую|каких|каким|когда|где|куда|как|кто|чем отличается|что такое|что за|что входит|что будет|что делать|что нужно|что значит)(?: |$)/,
  ],
  [0.7, /(?:^| )\S+ ли(?: |$)/],
  [0.7, /(?:^| )(?:разве|неужели|правда что|верно что|правда ли|так ли)(?: |$)/],
  [0.45, /(?:^| )(?:а если|а вдруг|что если)(?: |$)/],
  // Openings by which yes-or-no questions of speech are known.
  [
    0.6,
    /^(?:(?:а|и|ну|так|вот|еще|тогда|алло|простите|извините|слушайте|здравствуйте|кстати) )*(?:можно|нельзя|есть|будет|бывает|бывают|нужно|надо|обязательно|реально|возможно|делаете|работаете|возите|ставите|привозите|даете|занимаетесь|предоставляете|сможете|можете|успеете|выезжаете|принимаете|входит|включен\S*|действует|положен\S*)(?: |$)/,
  ],
  [
    0.5,
    /(?:^| )(?:у вас (?:есть|можно|бывает|бывают|имеется|это|как|ещё)|вы (?:можете|сможете|делаете|работаете|даете|ставите|не|сами|это|уже|там|тут|к|в|где|как|что|еще|будете)|можно ли|есть ли|будет ли)(?: |$)/,
  ],
  [
    0.55,
    /^(?:а|и) (?:у вас|вы|это|оно|она|он|они|там|монтаж|доставк\S*|гаранти\S*|рассрочк\S*|цен\S*|срок\S*|стоимост\S*|оплат\S*|скидк\S*|замер\S*)(?: |$)/,
  ],
  [0.4, /(?:^| )или (?:нет|не|как|что|отдельно|только|все таки|можно|это|надо|лучше|сразу|уже|еще)(?: |$)/],
  [0.4, /(?:^| )(?:что ли|да ведь|верно|не так ли|правильно)$/],
  // Against.
  [
    -0.6,
    /^(?:так как|как раз|как бы|как только|как обычно|как говорится|как будто|как вариант|как всегда|что то|кто то|где то|когда то|что бы|чтобы)(?: |$)/,
  ],
  [
    -0.5,
    /(?:^| )(?:не знаю|не помню|неважно|знаю|помню|понимаю|понял|поняла|сказал|сказала|сказали|говорит|говорят|говорил|говорила|думаю|считаю|кажется|потому|поэтому|после того|перед тем|тогда когда|в том|о том|то|такой|все|там|тем) (?:что|как|какой|где|когда|сколько|куда|почему|кто|чтобы)(?: |$)/,
  ],
  [
    -0.4,
    /(?:^| )(?:хоть|сколько нибудь|какой нибудь|как нибудь|что угодно|как хотите|вот почему|вот как|вот что|вот где)(?: |$)/,
  ],
]

const EN: readonly [weight: number, pattern: RegExp][] = [
  [
    0.85,
    /^(?:(?:and|so|but|ok|okay|well|hi|hello|hey|yes|yeah|um|uh|also|please|sorry|oh|then|now|alright|right|no) )*(?:what|how|when|where|why|which|who|whose|whom|what's|how's|where's|when's|who's)(?: |$)/,
  ],
  [
    0.8,
    /^(?:(?:and|so|but|ok|okay|well|hi|hello|hey|um|uh|also|please|sorry|oh|then|alright|right|good|morning|afternoon) )*(?:is|are|do|does|did|can|could|will|would|should|shall|may|am|was|were|have|has|isn't|aren't|don't|doesn't|can't|won't|couldn't|didn't)(?: (?:i|you|we|they|it|he|she|there|this|that|these|those|the|a|an|my|your|our|anyone|someone|any|all|someone's|\S+))(?: |$)/,
  ],
  [
    0.6,
    /(?:^| )(?:can|could|would|will) you(?: please| just)? (?:tell|explain|help|show|check|let|give|clarify|confirm|send)(?: |$)/,
  ],
  [
    0.6,
    /(?:^| )(?:i was wondering|i'm wondering|i wonder|wanted to know|want to know|like to know|need to know|wanted to ask|like to ask|wanted to check|like to find out|curious|trying to find out|have a question|got a question|tell me)(?: |$)/,
  ],
  [
    0.4,
    /(?:^| )(?:how much|how long|how many|how do|how can|how does|what is|what are|what kind|where do|where can)(?: |$)/,
  ],
  [
    -0.5,
    /(?:^| )(?:know|knew|see|understand|understood|remember|that's|thats|is|was|matter|because|exactly) (?:what|how|when|where|why|which|who)(?: |$)/,
  ],
  [
    -0.5,
    /^(?:when|whatever|however|whenever|which is|who is|what a|how nice) (?:i|we|you|it|they|he|she)?(?: |$)/,
  ],
]

/** Set phrases that ask, but not about anything: contact, courtesy, identification. */
const SMALL_TALK =
  /^(?:(?:а|ну|да|и|ой|так|простите|извините|алло|девушка|молодой человек) )*(?:алло|аллё|вы (?:меня|нас) (?:слышите|слышно)|(?:меня )?слышно(?: меня)?(?: нормально| хорошо)?|как (?:вас|тебя)(?: простите| там)?(?: зовут| величать)|как (?:к вам|мне к вам) обращаться|с кем (?:я )?(?:говорю|разговариваю)|кто это|это (?:компания|фирма|офис|магазин|отдел|вы)(?: \S+){0,3}|куда я (?:попал|попала|дозвонил\S+)|как (?:ваши |у вас )?дела|что что|что(?: простите)?|как как|простите|да|нет|правда|серьезно|правильно|верно|хорошо|понятно|договорились|можно вас|вам удобно(?: говорить)?|удобно говорить|вы где|вы тут|можете говорить|а вы кто|hello|are you there|can you hear me|how are you(?: doing)?(?: today)?|who is this|who am i speaking (?:to|with)|what's your name|what is your name|is this \S+(?: \S+){0,2}|sorry what|what|really|right|pardon|excuse me|do you understand|you know)(?: (?:пожалуйста|простите|вообще|сейчас|да|please|now|today))*$/

/** How much a clause asks. The clause's own mark decides where there is one: people who write «?» mean it. */
export function asks(
  clause: Clause,
  language = detectLanguage(clause.tokens.map(token => token.text).join(' ')),
): Asking {
  const words = clause.tokens.filter(token => token.kind !== 'punctuation').map(token => token.norm)
  const text = words.join(' ').replace(/-/g, ' ')
  const content = words.filter(word => !isStopword(word)).length
  if (SMALL_TALK.test(text)) return { score: 0, content: 0 }
  if (clause.end.includes('?')) return { score: 1, content }
  const score = (language === 'ru' ? RU : EN).reduce(
    (sum, [weight, pattern]) => (pattern.test(text) ? sum + weight : sum),
    0,
  )
  // A written sentence with its full stop is a statement unless it plainly asks to be told.
  return { score: Math.max(0, Math.min(1, clause.end.startsWith('.') ? score * 0.75 : score)), content }
}
