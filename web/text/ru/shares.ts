/** Sharing in Russian: the dialog, the page of links, and what a reader of a link meets. */
import { formatCount, formatNumber } from '../../../server/api/contract.ts'
import type { ShareText } from '../en/shares.ts'

const count = (n: number, one: string, few: string, many: string) => formatCount(n, 'ru', { one, few, many })

export const shares: ShareText = {
  title: 'Ссылки',
  lead: 'Кому открыты отчёты и до какого дня.',
  share: 'Поделиться',
  dialog: {
    title: notebook => `Поделиться: ${notebook}`,
    mode: 'Что откроется',
    modes: {
      frozen: 'Отчёт на сегодня',
      live: 'Живой отчёт',
    },
    modeHints: {
      frozen: 'Страница не изменится, даже если данные обновятся',
      live: 'Пересчитывается, когда приходят новые данные',
    },
    expires: 'Срок',
    lifetimes: {
      '1d': '1 день',
      '7d': '7 дней',
      '30d': '30 дней',
      '90d': '90 дней',
      '365d': 'год',
      never: 'без срока',
    },
    password: 'Пароль',
    passwordHint: 'Необязательно. Не короче 8 знаков; передайте его не там, где ссылку.',
    exposure: 'Что будет видно',
    measuring: 'Собираем страницу и проверяем её на личные данные',
    filters: 'Фильтры останутся такими, как сейчас; изменить их по ссылке нельзя.',
    create: 'Создать ссылку',
    creating: 'Создаём ссылку',
    made: 'Ссылка готова',
    once: 'Скопируйте её сейчас: больше она нигде не показывается, хранится только её отпечаток.',
    link: 'Ссылка',
    copy: 'Скопировать',
    copied: 'Скопировано',
    open: 'Открыть как получатель',
    toLinks: 'Все ссылки',
    close: 'Закрыть',
    confirm: 'Я вижу это и всё равно открываю доступ',
  },
  exposure: {
    quotes: (quotes, clients) =>
      quotes === 0
        ? 'Цитат нет'
        : `${count(quotes, 'цитата', 'цитаты', 'цитат')} ${count(clients, 'клиента', 'клиентов', 'клиентов')}, под номерами вместо имён`,
    tables: (tables, rows) =>
      tables === 0
        ? 'Таблиц нет'
        : `${count(tables, 'таблица', 'таблицы', 'таблиц')}: ${count(rows, 'строка', 'строки', 'строк')}`,
    charts: n => (n === 0 ? 'Графиков нет' : count(n, 'график', 'графика', 'графиков')),
    problems: n => `${count(n, 'часть', 'части', 'частей')} отчёта без результата`,
    hidden: 'Скрыто',
    nothingHidden: 'Личных данных в тексте не нашлось',
    raw: 'Останется открытым',
    rawHint: 'Похоже на личные данные. Уберите их из текста блокнота или подтвердите.',
    clean: 'Открытых личных данных на странице не найдено',
    kinds: {
      name: n => `имена: ${formatNumber(n, 'ru')}`,
      phone: n => `телефоны: ${formatNumber(n, 'ru')}`,
      email: n => `почта: ${formatNumber(n, 'ru')}`,
      card: n => `номера карт: ${formatNumber(n, 'ru')}`,
      other: (kind, n) => `${kind}: ${formatNumber(n, 'ru')}`,
    },
  },
  list: {
    report: 'Отчёт',
    mode: 'Вид',
    modes: { frozen: 'снимок', live: 'живой' },
    state: 'Состояние',
    states: { open: 'открыта', expired: 'срок истёк', revoked: 'отозвана' },
    until: day => `до ${day}`,
    forever: 'без срока',
    password: 'с паролем',
    made: 'Создана',
    views: 'Просмотров',
    lastView: 'Последний',
    neverSeen: 'ещё не открывали',
    select: title => `Выбрать ссылку на «${title}»`,
    selectAll: 'Выбрать все открытые',
    revoke: 'Отозвать',
    revokeOf: title => `Отозвать ссылку на «${title}»`,
    revokeChosen: n => `Отозвать ${count(n, 'ссылку', 'ссылки', 'ссылок')}`,
    rotate: 'Сменить адрес',
    rotateOf: title => `Сменить адрес ссылки на «${title}»`,
    revoked: n =>
      `${n % 10 === 1 && n % 100 !== 11 ? 'Отозвана' : 'Отозвано'} ${count(n, 'ссылка', 'ссылки', 'ссылок')}`,
    rotated: 'Новый адрес. Прежний больше не открывается.',
    log: 'Когда открывали',
    logOf: title => `Когда открывали «${title}»`,
    none: 'Ссылок пока нет',
    noneHint:
      'Откройте отчёт и нажмите «Поделиться»: получатель увидит его без входа и без личных данных клиентов.',
    toReports: 'К отчётам',
    showEnded: n => `Показать закрытые: ${formatNumber(n, 'ru')}`,
    hideEnded: 'Скрыть закрытые',
  },
  door: {
    missing: 'По этой ссылке ничего нет',
    missingText:
      'Возможно, её отозвали, её срок истёк или адрес скопирован не полностью. Попросите новую у того, кто её прислал.',
    locked: 'Отчёт закрыт паролем',
    lockedText: 'Пароль знает тот, кто прислал ссылку.',
    password: 'Пароль',
    enter: 'Открыть',
    wrong: 'Пароль не подошёл.',
    tooMany: 'Слишком много попыток. Попробуйте через 15 минут.',
    unavailable: 'Отчёт сейчас недоступен',
    unavailableText: 'Попробуйте открыть его позже или спросите того, кто прислал ссылку.',
  },
}
