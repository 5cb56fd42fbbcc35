/**
 * Everyday service vocabulary by concept: a line holds words by which people ask for the same («поменять», «сменить»,
 * «изменить»). General on purpose: no product, no trade. A word stands in one line only; lines are compared by stem.
 */
import type { TextLanguage } from '../language/detect-language.ts'
import { stem } from '../language/stems.ts'

const EN = `
find locate search
near nearby nearest closest
change update edit modify alter switch replace swap adjust amend correct
cancel terminate discontinue unsubscribe quit
delete remove erase drop
buy purchase order
money funds cash
fee charge cost price rate expensive
lost stolen missing misplaced lose stole steal
verify confirm authenticate validate verification prove
refund reimburse reimbursement compensate compensation
decline reject deny refuse fail failed unsuccessful
broken malfunction defective damaged faulty broke
phone cell mobile telephone smartphone cellphone
photo picture image pic avatar
email mail e-mail inbox
quick fast soon quickly asap rapid speed urgent
begin start launch commence
finish end complete
create build setup register signup enroll enrollment enrolment registration
open activate enable activation
close shut closure
block freeze lock locked disable suspend suspended frozen
unblock unlock unfreeze
transfer send wire move remit sent
receive arrive deliver delivery arrival ship shipped shipping shipment
wait pending delay delayed processing late
atm cashpoint
topup top-up deposit
withdraw withdrawal
bill invoice statement
child kid son daughter children baby
wife husband spouse partner
car vehicle auto automobile
home house apartment
job employment employer
document paper form paperwork certificate
information info details data
password passcode pin
identity identification id
currency convert conversion
country abroad international foreign overseas
limit maximum max cap
minimum min least
old previous former
problem issue trouble error bug glitch
support assist assistance
talk speak chat contact reach
agent representative advisor operator
discount promo coupon promotion
available availability stock
address street residence
duplicate twice double doubled
show display view
hide conceal invisible
download export
upload import
video clip
comment reply respond answer
subscribe follow subscription
share publish post
wrong incorrect mistaken mistake inaccurate
unknown unrecognized unfamiliar unauthorized recognize recognise
insurance coverage insure
doctor physician
flight plane airline
meal dish food
schedule appointment book reserve reservation booking
reminder remind
music song track
movie film
history log record
balance remaining
allow permit permission permitted
connect link attach
different another
teach learn explain
repair fix mend
install installation
renew renewal extend extension
trip travel journey
quote estimate quotation
salary income wage paycheck
tax taxes
mortgage loan
owe debt
size dimension measurement
colour color
luggage baggage suitcase
restaurant cafe diner
weather forecast
reset restore recover recovery restart
complaint complain feedback
apply application
eligible qualify eligibility
accident crash collision
reduce decrease lower
raise increase higher
total sum amount
fraud fraudulent scam
message text sms
login signin log-in sign-in
vacation holiday leave
spend spent spending
translate translation`

const RU = `
цена стоимость стоит стоить расценки прайс тариф цены
деньги средства
купить приобрести заказать покупка заказ
изменить поменять сменить исправить отредактировать обновить заменить смена замена редактировать менять изменение переделать
удалить убрать стереть снести удаление
отменить отмена отказаться отказ
закрыть закрытие
вернуть возврат возвратить возвращать
доставка доставить привезти привезут доставляете курьер
быстро срочно скорее быстрее
долго срок сроки длительность длиться
начать запустить создать завести старт
закончить завершить окончание
включить активировать подключить подключение включение
выключить отключить деактивировать отключение
заблокировать блокировка бан забанить блокируют
разблокировать разбан
войти вход зайти авторизоваться авторизация залогиниться логин
зарегистрироваться регистрация регистрироваться
подтвердить подтверждение верификация верифицировать
загрузить загрузка выложить залить разместить опубликовать публикация загружать
скачать скачивание выгрузить скачивать
фото фотография картинка изображение аватарка аватар
видео видеоролик ролик видос
трансляция стрим эфир стримить
аккаунт учетка
телефон мобильный смартфон мобильник
почта мейл мыло имейл
телевизор тв
компьютер пк ноутбук
ошибка проблема баг неполадка сбой глюк
работать функционировать
помощь поддержка техподдержка
найти отыскать поиск искать
находиться расположен адрес местонахождение
показать отобразить увидеть посмотреть просмотр смотреть
скрыть спрятать
пароль код пин
скидка акция промокод распродажа
рассрочка кредит частями
гарантия гарантийный
ребенок детский сын дочь
старый прежний
лимит ограничение максимальный максимум предел
минимум минимальный
договор контракт
заработок зарабатывать доход заработать
выплата выплачивать
оплатить заплатить оплата платить
комментарий коммент отзыв
подписка подписаться подписчик
жалоба пожаловаться претензия
доступ права
название имя заголовок
размер габариты
цвет расцветка
наличие наличии
установка установить монтаж
починить ремонт отремонтировать
сломаться поломка сломан сломался
запись записаться записать
перенести перенос передвинуть
консультация проконсультировать
специалист мастер врач
оригинал подлинный оригинальный
документ справка бумаги
юрлицо организация компания
чек квитанция
самовывоз забрать
потерять утерян потерял утеря
украсть украли кража
график расписание
обучение курс занятие урок
группа класс
пропустить пропуск
сертификат диплом
продлить продление
перевести перевод
снять снятие
лишний двойной дважды
разный отличаться разница отличие
вред вредно безопасный безопасно
качество качественный
замер измерить
дешевый дешевле недорогой недорого
дорого дорогой
увеличить повысить поднять
уменьшить снизить понизить
сумма итог итого
мошенник мошенничество обман
сайт страница портал
настройка настроить
звонок позвонить перезвонить созвониться
письмо сообщение смс
филиал отделение офис магазин
бесплатно бесплатный даром
пробный тестовый демо
отправить послать выслать прислать
восстановить восстановление сбросить
процент ставка
страховка страхование полис
паспорт удостоверение
выбрать подобрать подбор
посоветовать порекомендовать рекомендация
родитель мама папа
квартира дом жилье
вывоз вывезти
задержка задержать опоздать`

/** The lines, word by word. */
export function conceptLines(): { language: TextLanguage; words: string[] }[] {
  const read = (language: TextLanguage, text: string) =>
    text
      .trim()
      .split('\n')
      .map(line => ({ language, words: line.split(' ') }))
  return [...read('en', EN), ...read('ru', RU)]
}

/** Stem -> the feature that stands for its concept. */
const concepts = new Map<string, string>()
for (const [number, { language, words }] of conceptLines().entries())
  for (const word of words) concepts.set(stem(word, language), `#${number}`)

/** A feature that stands for the concept of a stem, or undefined. */
export function conceptOf(stemmed: string): string | undefined {
  return concepts.get(stemmed)
}
