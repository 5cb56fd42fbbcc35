/**
 * Words that items may use without a source, because they claim nothing: grammar, and the frame of a report («клиенты
 * спрашивают», “clients ask whether”). How many, how often, how much, what feelings: those are claims, and are not here.
 */
import { isStopword } from '../../language/stopwords.ts'

const words = (text: string) => new Set(text.split(/\s+/))

/** Stop words elsewhere, claims here: «хорошо», «очень», «только», and what a number is a bound of. */
const CLAIMS = words(`только лишь очень хорошо ладно добрый доброе просто уже ещё еще конечно от до через под
  just very really good well only also too right from over under`)

const GRAMMAR =
  words(`что чтобы как какой какая какое какие какого какую каких каким какими который которая которое которые
  которого которой которых которому которым кто чей чья чьё чье чьи где куда откуда когда почему зачем потому поэтому
  если ли то из-за того что-нибудь кого кому чем чего чему между среди
  насчёт насчет ради ввиду путём путем
  what which who whom whose where when why how whether because than such as while between among`)

const REPORT = words(`клиент клиента клиенту клиентом клиенты клиентов клиентам клиентами клиентах
  покупатель покупатели покупателей покупателям человек люди людей людям
  спрашивает спрашивают спросил спросили спрашивали интересуется интересуются интересовались уточняет уточняют уточняли
  говорит говорят говорил говорили сказал сказали упоминает упоминают упоминали пишет пишут писали называет называют
  рассказывает рассказывают отмечает отмечают обращается обращаются речь слова словам словами тема теме темы про
  некоторые один из одни другие другой другая
  client clients customer customers people person ask asks asked asking say says said saying mention mentions mentioned
  tell tells told talk talks talked write writes wrote note notes some others another other one words topic about`)

/** Whether a word (a token's norm) needs no source. */
export function isReporting(norm: string): boolean {
  if (CLAIMS.has(norm)) return false
  return isStopword(norm) || GRAMMAR.has(norm) || REPORT.has(norm)
}

const NEGATORS =
  words(`не ни нет нету нельзя без никогда никто никого никому ничего ничем ничто нигде никуда никак
  никакой никакая никакое никакие никаких никакого никакую вряд едва отнюдь
  not no never none nothing nobody neither nor without cannot cant dont doesnt didnt wont isnt arent wasnt wouldnt
  shouldnt couldnt havent hasnt hadnt hardly barely`)

/** Whether a word turns what it belongs to round. */
export function isNegator(norm: string): boolean {
  return NEGATORS.has(norm) || /n't$/.test(norm)
}
