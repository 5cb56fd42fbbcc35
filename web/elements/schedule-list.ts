/** <vb-schedule-list>: when a report's editions are made by themselves, how the last run went, and a form for one more. */
import { html, nothing, type TemplateResult } from 'lit'
import { formatMoment, type ScheduleRecord } from '../../server/api/contract.ts'
import { changeSchedule, createSchedule, removeSchedule, runSchedule } from '../api-editions.ts'
import { describeCron, toCron } from '../state/cron-words.ts'
import { editionsText } from '../text/editions.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { errorNote } from './message.ts'
import { parseRecipients, writeRecipient } from './schedule-recipients.ts'

const RHYTHMS = ['monday', 'weekdays', 'daily', 'monthly', 'own'] as const

export class ScheduleList extends WorkbenchElement {
  static override properties = {
    notebook: {},
    values: { attribute: false },
    schedules: { attribute: false },
    channels: { attribute: false },
    timeZone: { attribute: false },
    adding: { state: true },
    rhythm: { state: true },
    failure: { state: true },
    busy: { state: true },
  }
  declare notebook: string
  declare values: Record<string, string>
  declare schedules: readonly ScheduleRecord[]
  declare channels: readonly string[]
  declare timeZone: string
  declare adding: boolean
  declare rhythm: (typeof RHYTHMS)[number]
  declare failure: unknown
  declare busy: boolean

  constructor() {
    super()
    this.notebook = ''
    this.values = {}
    this.schedules = []
    this.channels = []
    this.timeZone = ''
    this.adding = false
    this.rhythm = 'monday'
    this.failure = null
    this.busy = false
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    this.failure = null
    this.busy = true
    try {
      await work()
    } catch (error) {
      this.failure = error
    }
    this.busy = false
    this.dispatchEvent(new CustomEvent('vb-changed', { bubbles: true }))
  }

  #create(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    const number = (name: string) => {
      const text = String(form.get(name) ?? '')
      return text === '' ? null : Number(text)
    }
    return this.#do(async () => {
      await createSchedule({
        notebook: this.notebook,
        values: this.values,
        cron: toCron(this.rhythm, String(form.get('time') ?? '09:00'), String(form.get('cron') ?? '')),
        approve: form.get('approve') !== null,
        keepLast: number('keepLast'),
        keepDays: number('keepDays'),
        recipients: parseRecipients(String(form.get('recipients') ?? ''), this.language),
        confirmed: form.get('confirmed') !== null,
      })
      this.adding = false
    })
  }

  protected override render(): TemplateResult {
    const words = editionsText(this.language)
    return html`<section class="schedules" aria-labelledby="schedules-title">
      <h2 id="schedules-title">${words.schedule}</h2>
      ${this.failure === null ? nothing : errorNote(this.failure, this.text)}
      ${this.schedules.length === 0 && !this.adding ? html`<p class="hint">${words.noSchedule}</p>` : nothing}
      <ul class="schedule-list">
        ${this.schedules.map(schedule => this.#item(schedule))}
      </ul>
      ${
        this.adding
          ? this.#form()
          : html`<button
              type="button"
              class="button"
              @click=${() => {
                this.adding = true
              }}
            >
              ${icon('add')}${words.addSchedule}
            </button>`
      }
    </section>`
  }

  #item(schedule: ScheduleRecord): TemplateResult {
    const words = editionsText(this.language)
    const when = describeCron(schedule.cron, words.cron)
    const next =
      schedule.nextAt === null
        ? words.never
        : new Intl.DateTimeFormat(this.language === 'ru' ? 'ru-RU' : 'en-GB', {
            dateStyle: 'medium',
            timeStyle: 'short',
            timeZone: this.timeZone,
          }).format(new Date(schedule.nextAt))
    const keep = words.keep(schedule.keepLast, schedule.keepDays)
    return html`<li class="schedule" ?data-resting=${!schedule.active}>
      <p><b>${when}</b>${schedule.active ? html` <span class="hint">${words.next(next)}</span>` : html` <span class="hint">${words.resting}</span>`}</p>
      <p class="hint">
        ${[schedule.approve ? words.approvesItself : words.waitsForApproval, keep, ...(schedule.recipients.length > 0 ? [words.sentTo(schedule.recipients.map(writeRecipient).join(', '))] : [])].filter(Boolean).join(' · ')}
      </p>
      ${
        schedule.lastState === 'failed'
          ? html`<p class="note note-error" role="status">
              ${icon('alert')}<span>${words.lastFailed(formatMoment(schedule.lastAt!, this.language))} ${schedule.lastError}</span>
            </p>`
          : schedule.lastAt === null
            ? nothing
            : html`<p class="hint">${words.lastDone(formatMoment(schedule.lastAt, this.language))}</p>`
      }
      <div class="actions">
        <button type="button" class="button" ?disabled=${this.busy || schedule.running} @click=${() => void this.#do(() => runSchedule(schedule.id))}>
          ${schedule.running ? `${words.making}…` : words.runNow}
        </button>
        <button type="button" class="button" ?disabled=${this.busy} @click=${() => void this.#do(() => changeSchedule(schedule.id, { active: !schedule.active }))}>
          ${schedule.active ? words.rest : words.wake}
        </button>
        <button type="button" class="button" ?disabled=${this.busy} aria-label="${words.removeSchedule}: ${when}" @click=${() => void this.#do(() => removeSchedule(schedule.id))}>
          ${icon('bin')}${words.removeSchedule}
        </button>
      </div>
    </li>`
  }

  #form(): TemplateResult {
    const words = editionsText(this.language)
    return html`<form class="schedule-form" @submit=${(event: SubmitEvent) => void this.#create(event)}>
      <label>
        <span>${words.rhythm}</span>
        <select
          class="upload-field"
          .value=${this.rhythm}
          @change=${(event: Event) => {
            this.rhythm = (event.target as HTMLSelectElement).value as typeof this.rhythm
          }}
        >
          ${RHYTHMS.map(rhythm => html`<option value=${rhythm} ?selected=${rhythm === this.rhythm}>${words.rhythms[rhythm]}</option>`)}
        </select>
      </label>
      ${
        this.rhythm === 'own'
          ? html`<label><span>${words.ownCron}</span><input class="upload-field" name="cron" required placeholder="0 9 * * 1" /><span class="hint">${words.cronHint}</span></label>`
          : html`<label><span>${words.time(this.timeZone)}</span><input class="upload-field" type="time" name="time" value="09:00" required /></label>`
      }
      <label><span>${words.keepLast}</span><input class="upload-field" type="number" name="keepLast" min="1" max="10000" value="12" /></label>
      <label><span>${words.keepDays}</span><input class="upload-field" type="number" name="keepDays" min="1" max="36600" /></label>
      <label class="wide">
        <span>${words.recipients}</span>
        <textarea class="upload-field" name="recipients" rows="2" ?disabled=${this.channels.length === 0}></textarea>
        <span class="hint">${this.channels.length === 0 ? words.noChannels : words.recipientsHint}</span>
      </label>
      <label class="wide check"><input type="checkbox" name="approve" /><span>${words.approveItself}<span class="hint">${words.approveItselfHint}</span></span></label>
      <label class="wide check"><input type="checkbox" name="confirmed" /><span>${words.confirmed}<span class="hint">${words.confirmedHint}</span></span></label>
      <div class="actions wide">
        <button class="button button-primary" ?disabled=${this.busy}>${this.busy ? `${words.checking}…` : words.addSchedule}</button>
        <button
          type="button"
          class="button"
          @click=${() => {
            this.adding = false
          }}
        >
          ${words.cancel}
        </button>
      </div>
    </form>`
  }
}

define('vb-schedule-list', ScheduleList)
