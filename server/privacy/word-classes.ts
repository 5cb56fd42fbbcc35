/** Words that say what the number or name beside them is. Bits, so that a token carries all of them at once. */
export const PHONE = 1
export const CARD = 1 << 1
export const INN = 1 << 2
export const SNILS = 1 << 3
export const OGRN = 1 << 4
export const PASSPORT = 1 << 5
export const ACCOUNT = 1 << 6
export const BIRTH = 1 << 7
export const PLATE = 1 << 8
export const CONTRACT = 1 << 9
/** Money, measure, time: what stands before is no number of anything. */
export const UNIT = 1 << 10
/** «номер», number, «№»: joins the word before it with the number behind. */
export const NUMBER = 1 << 11
export const STREET = 1 << 12
export const PLACE = 1 << 13
export const HOUSE = 1 << 14
export const FLAT = 1 << 15
export const MESSENGER = 1 << 16
export const MAIL = 1 << 17
export const MONTH = 1 << 18
export const CVV = 1 << 19
export const ADDRESS = 1 << 20
export const STREET_EN = 1 << 21
/** Goods have numbers of their own. */
export const GOODS = 1 << 22

const CLASSES: [bit: number, pattern: RegExp][] = [
  [
    PHONE,
    /^(?:тел|телефон\S*|моб|мобильн\S*|сотов\S*|городск\S*|домашн\S*|номер\S*|номерок\S*|звон\S+|позвон\S+|перезвон\S+|отзвон\S+|набер\S+|набир\S+|контакт\S*|связ\S+|ватсап\S*|вотсап\S*|вацап\S*|вайбер\S*|whatsapp|viber|смс|phone|tel|mobile|cell|call|ring|text|number|landline|dial|reach|fax|факс)$/,
  ],
  [CARD, /^(?:карт(?:а|ы|е|у|ой|очк\S+)|card|cards|visa|mastercard|мир|сбер\S*|тинькофф\S*)$/],
  [INN, /^(?:инн|inn)$/],
  [SNILS, /^(?:снилс\S*|ssn|social|insurance|nino|ni)$/],
  [OGRN, /^(?:огрн|огрнип)$/],
  [PASSPORT, /^(?:паспорт\S*|сери[яиюей]+|passport|удостоверени\S+|загран\S*)$/],
  [ACCOUNT, /^(?:сч[ее]т\S*|рс|расчетн\S*|лицев\S*|корсчет|корреспондентск\S*|account|iban|sort|acct)$/],
  [BIRTH, /^(?:родил\S+|рожд\S*|др|born|birth|dob|birthday|birthdate|именинн\S*)$/],
  [
    PLATE,
    /^(?:машин\S*|авто\S*|госномер\S*|гос|номер\S*|пропуск\S*|шлагбаум\S*|въезд\S*|а|reg|registration|plate|plates|van|car|vehicle|license|licence)$/,
  ],
  [
    CONTRACT,
    /^(?:договор\S*|дог|зак|контракт\S*|заказ|заказа|заказу|заказом|заказе|заявк\S+|сч[ее]т|сч[ее]та|сч[ее]ту|акт|акта|акту|полис\S*|обращени\S+|тикет\S*|накладн\S+|order|contract|policy|invoice|booking|ticket|reference|ref|case|quote|claim|agreement)$/,
  ],
  [
    UNIT,
    /^(?:руб|рубл\S+|р|тыс|тысяч\S*|тр|т|млн|миллион\S*|коп\S*|евро|доллар\S*|окон|окна|окно|двер\S+|шт|штук\S*|мм|миллиметр\S*|см|сантиметр\S*|м|метр\S*|м2|кв|квадрат\S*|км|кг|л|лет|год|года|году|годов|дн\S+|ден[ья]|недел\S+|месяц\S*|час|часа|часов|минут\S*|процент\S*|градус\S*|раз|раза|этаж\S*|комнат\S*|человек\S*|просмотр\S*|створ\S+|камер\S*|балкон\S*|mm|cm|m|metres?|meters?|feet|ft|inch\S*|years?|days?|weeks?|months?|hours?|minutes?|mins?|pounds?|dollars?|percent|k|windows?|doors?|pm|am|degrees?|грн|тенге)$/,
  ],
  [NUMBER, /^(?:номер|номера|номером|номеру|n|no|num|number|nr|id|#|№)$/],
  [
    STREET,
    /^(?:ул|улиц\S{1,3}|просп|проспект\S{0,2}|пр|пер|переул\S+|ш|шоссе|бульвар\S{0,2}|бул|бр|наб|набережн\S+|пл|площад\S+|проезд\S{0,2}|туп|тупик\S{0,2}|алле[яиюей]+|тракт\S{0,2}|линия|линии)$/,
  ],
  [
    PLACE,
    /^(?:деревн\S{1,2}|дер|сел[оаеу]|с|поселок|поселк\S{1,2}|пос|п|пгт|хутор\S{0,2}|станиц\S{1,2}|аул|снт|днп|днт|дск|кп|жк|мкр|мкрн|микрорайон\S{0,2}|квартал\S{0,2}|городок)$/,
  ],
  [
    HOUSE,
    /^(?:дом|дома|дому|доме|д|влд|владени[ея]|участ(?:ок|ка|ке)|уч|строени[еяю]|стр|корпус\S{0,2}|корп|к|литер\S?)$/,
  ],
  [FLAT, /^(?:квартир\S{1,2}|кв|офис\S{0,2}|оф|помещени[ея]|комнат[аые])$/],
  [
    MESSENGER,
    /^(?:телеграм\S*|телег\S+|тг|telegram|тележк\S+|ник|скайп\S*|skype|инст\S*|insta|instagram|вк|вконтакте|vk|discord|дискорд\S*|ватсап\S*|вотсап\S*|whatsapp|tiktok|facebook|twitter|логин\S*|login|username|handle)$/,
  ],
  [MAIL, /^(?:почт\S+|мейл\S*|мэйл\S*|мыл\S+|имейл\S*|емейл\S*|email|mail|e)$/],
  [
    MONTH,
    /^(?:январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|октябр[ьяе]|ноябр[ьяе]|декабр[ьяе]|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/,
  ],
  [
    GOODS,
    /^(?:артикул\S*|арт|модел\S+|марка|sku|part|model|серийн\S*|штрихкод\S*|barcode|код|гост|ral|бик|кпп|окпо|оквэд)$/,
  ],
  [CVV, /^(?:cvv|cvc|цвв|свв|cvv2|cvc2)$/],
  [
    ADDRESS,
    /^(?:адрес\S*|жив[уеы]\S*|прожива\S+|прописан\S*|прописк\S+|регистраци\S+|зарегистрирован\S*|объект\S*|доставк\S+|address|live|lives|located|индекс)$/,
  ],
  [
    STREET_EN,
    /^(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|crescent|court|ct|place|pl|terrace|gardens|square|sq|boulevard|blvd|grove|mews|row|rise|view|hill|parade|highway|hwy|parkway|way)$/,
  ],
]

/** The bits of a word in plain form. */
export function classOf(plain: string): number {
  let bits = 0
  for (const [bit, pattern] of CLASSES) if (pattern.test(plain)) bits |= bit
  return bits
}
