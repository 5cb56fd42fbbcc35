/** Five fields of cron in words, and the usual rhythms as five fields. */
export type Rhythm = 'monday' | 'weekdays' | 'daily' | 'monthly' | 'own'

export interface CronWords {
  daily(time: string): string
  weekdays(time: string): string
  weekly(day: number, time: string): string
  monthly(day: string, time: string): string
  other(cron: string): string
}

/** `09:30` of a rhythm -> `30 9 * * 1`. */
export function toCron(rhythm: Rhythm, time: string, own: string): string {
  if (rhythm === 'own') return own.trim()
  const [hour = 9, minute = 0] = time.split(':').map(Number)
  const tail = { monday: '* * 1', weekdays: '* * 1-5', daily: '* * *', monthly: '1 * *' }[rhythm]
  return `${minute} ${hour} ${tail}`
}

/** What is usual in words; the rest as it was written. */
export function describeCron(cron: string, words: CronWords): string {
  const [minute, hour, day, month, weekday, ...more] = cron.split(/\s+/)
  const plain = /^\d{1,2}$/
  if (!plain.test(minute!) || !plain.test(hour ?? '') || month !== '*' || more.length > 0)
    return words.other(cron)
  const time = `${hour!.padStart(2, '0')}:${minute!.padStart(2, '0')}`
  if (day === '*' && weekday === '*') return words.daily(time)
  if (day === '*' && weekday === '1-5') return words.weekdays(time)
  if (day === '*' && /^[0-7]$/.test(weekday ?? '')) return words.weekly(Number(weekday) % 7, time)
  if (plain.test(day!) && weekday === '*') return words.monthly(day!, time)
  return words.other(cron)
}
