/** What a theme is about, of six topics, by the words of its texts. */
export type Topic = 'price' | 'landing' | 'product' | 'terms' | 'service' | 'other'

/** In the order in which they win a tie: confusion about the site is the rarest and the most telling. */
const SIGNS: readonly [Topic, RegExp][] = [
  [
    'landing',
    /на (?:вашем )?сайте|в рекламе|в объявлении|реклам\S+ (?:было|написано|сказано)|калькулятор|на странице|на баннере|в директе|по ссылке|(?:on|from) (?:your|the) (?:web ?site|site|page|ad)|your (?:website|site|ad|advert)|online (?:quote|calculator)/,
  ],
  [
    'price',
    /цен[аыуео]|цене|стоимост|сто(?:ит|ят|ить)|скидк|акци[яию]|дорог|дешев|рассрочк|кредит|оплат|плат[иея]|част(?:ями|и) |льгот|пенсионер|безнал|ндс|смет|предоплат|переплат|бюджет|в стоимость|бесплатн|платн|сколько (?:будет|выйдет|обойд)|price|cost|discount|expensive|cheap|pay|fee|charge|instal+ment|finance|quote|budget|free/,
  ],
  [
    'terms',
    /гаранти|договор|срок|отсрочк|сертификат|закрывающ|когда|как долго|сколько (?:ждать|дней|времени|по времени)|документ|возврат|отказ|расторг|чек|паспорт|акт|warranty|guarantee|contract|how long|when|deadline|refund|cancel|terms|paperwork/,
  ],
  [
    'service',
    /замер|доставк|офис|адрес|парков|по выходным|до скольки|кто (?:будет )?(?:ставит|делает|приед)|свои (?:мастера|монтажники)|производите|грязи|пыли|за город|монтаж|установк|ремонт|бригад|мастер|выезд|приед|привез|вывоз|мусор|менеджер|перезвон|консультац|обслуживан|вежлив|аккуратн|deliver|install|fitting|fitter|survey|visit|repair|team|staff|call back|clean up|support/,
  ],
  [
    'product',
    /окн|балкон|лоджи|раздвижн|распашн|рамы |утепл|шумоизол|антикошк|замок|замк|перегород|профил|стекл|сетк|подоконник|фурнитур|цвет|размер|материал|качеств|модел|камер|шум|тепл|холодн|дует|конденсат|window|door|glass|glaz|frame|colou?r|size|material|quality|model|noise|warm/,
  ],
]

/** The topic that most texts speak for; other when none is spoken for by at least one in five. */
export function chooseTopic(texts: readonly string[]): Topic {
  const votes = SIGNS.map(([topic, sign]) => ({
    topic,
    n: texts.filter(text => sign.test(text.toLowerCase().replaceAll('ё', 'е'))).length,
  }))
  const landing = votes[0]!
  if (landing.n * 2 >= texts.length) return 'landing'
  const best = votes.slice(1).reduce((a, b) => (b.n > a.n ? b : a))
  return best.n * 5 >= texts.length ? best.topic : 'other'
}
