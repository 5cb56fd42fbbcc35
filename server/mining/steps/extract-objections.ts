/** Objections: what holds clients back, and the reasons for which they refuse, in their words or in a manager's note. */
import type { ExtractionStep, Mention } from '../mention.ts'

const OBJECTION =
  /(?:^| )(?:дорого|дороговато|дороже|дорогие|дорогая|дорогой|дороговаты|кусается|кусаются|не по карману|не потян\S+|нет (?:таких )?денег|(?:у|в) (?:других|конкурентов|соседней фирме|другой компании|другой фирме|соседей) (?:\S+ ){0,3}дешевле|дешевле (?:нашел|нашла|нашли|предлагают|предложили|видел\S*|есть)|нашел дешевле|нашла дешевле|нашли дешевле|не устраивает|не устроил\S*|не подходит|не подош\S+|сомнева\S+|сомнени\S+|боюсь|боимся|опасаюсь|опасаемся|страшно что|не доверя\S+|не верю|не верится|обман\S+|разводят|плохие отзывы|отзывы плохие|отрицательн\S+ отзыв\S*|не готов\S*|пока не (?:готов\S*|надо|нужно|актуально|планиру\S+)|не актуально|неактуально|передумал\S*|отказ|отказал\S*|отказыва\S+|(?:уже )?(?:заказал\S*|поставил\S*|выбрал\S*|сделал\S*) (?:у других|в другой|в другом|других|у конкурент\S*)|уш(?:ел|ла|ли) к (?:конкурент\S+|другим)|слишком|долго ждать|так долго|очень долго|долгие сроки|сроки (?:большие|долгие|не)|(?:надо|нужно|буду|будем|дайте) (?:\S+ )?(?:подумать|посоветоваться)|подумаю|подумаем|думает|взял\S* паузу|посоветуюсь|смущает|смущают|напрягает|не хочу (?:переплачивать|предоплату|кредит|ждать)|без предоплаты|переплачивать|предоплат\S+ (?:большая|смущает|не)|невыгодно|навязыва\S+|too expensive|expensive|pricey|too much|can't afford|cannot afford|cheaper (?:elsewhere|quote|somewhere|price)|not sure|worried|afraid|concerned|don't trust|bad reviews|not ready|changed my mind|went with (?:someone|another)|need to think|think about it|too long|takes too|not interested|no longer need|put off|hidden (?:fees|costs)|over budget|out of (?:my|our) budget|hesitant)(?: |$)/
/** The same words without an objection: asking back, or denying it. */
const NOT =
  /(?:^| )(?:не дорого|недорого|не слишком|не боюсь|не сомнева\S+|не страшно|не думает|not too expensive|not expensive|isn't too|not worried)(?: |$)/

const step: ExtractionStep = {
  kind: 'objection',
  extract: ({ n }, clauses) =>
    clauses.flatMap((clause): Mention[] => {
      const text = clause.tokens
        .filter(token => token.kind !== 'punctuation')
        .map(token => token.norm)
        .join(' ')
        .replace(/-/g, ' ')
      if (clause.end.includes('?') || NOT.test(text) || !OBJECTION.test(text)) return []
      return [{ n, from: clause.from, to: clause.to, kind: 'objection', score: 0.75 }]
    }),
}

export default step
