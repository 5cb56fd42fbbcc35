/**
 * <vb-job-list>: imports and mining under way, with how much is done and a way to stop them. What has failed stays until it
 * is hidden. Fires `vb-job-ended` when one ends.
 */
import { html, nothing, type TemplateResult } from 'lit'
import type { Job } from '../../server/api/contract.ts'
import { cancelJob, followJobs } from '../api.ts'
import { define, WorkbenchElement } from './element.ts'
import { icon } from './icon.ts'
import { describeError } from './message.ts'

const going = (job: Job) => job.state === 'queued' || job.state === 'running'

export class JobList extends WorkbenchElement {
  static override properties = { jobs: { state: true } }
  declare jobs: ReadonlyMap<string, Job>
  #stop: (() => void) | undefined

  constructor() {
    super()
    this.jobs = new Map()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = followJobs(job => this.#take(job))
  }

  override disconnectedCallback(): void {
    this.#stop?.()
    super.disconnectedCallback()
  }

  /** The server tells of all jobs at first: what has ended by then is history. */
  #take(job: Job): void {
    const before = this.jobs.get(job.id)
    const jobs = new Map(this.jobs)
    if (going(job) || job.state === 'failed') {
      if (going(job) || before) jobs.set(job.id, job)
    } else jobs.delete(job.id)
    this.jobs = jobs
    if (before && going(before) && !going(job))
      this.dispatchEvent(new CustomEvent('vb-job-ended', { detail: job, bubbles: true }))
  }

  #hide(id: string): void {
    const jobs = new Map(this.jobs)
    jobs.delete(id)
    this.jobs = jobs
  }

  protected override render(): unknown {
    const text = this.text.jobs
    if (this.jobs.size === 0) return html`<div role="status"></div>`
    return html`<section class="jobs" aria-label=${text.title}>
      <div class="visually-hidden" role="status">
        ${[...this.jobs.values()].map(job => `${text.kinds[job.kind]}: ${text.states[job.state]}. `)}
      </div>
      <ul>
        ${[...this.jobs.values()].map(job => this.#job(job))}
      </ul>
    </section>`
  }

  #job(job: Job): TemplateResult {
    const text = this.text.jobs
    const name = job.kind === 'import' ? `${text.kinds.import}: ${job.title}` : text.kinds[job.kind]
    const error = job.error && describeError(job.error, this.text)
    const share = job.total > 0 ? Math.floor((job.done / job.total) * 100) : null
    return html`<li class="job">
      <div class="job-words">
        <span>${name}</span>
        <span class="hint">
          ${error ? error.message : share === null ? text.states[job.state] : `${share} %`}
        </span>
        ${error?.hint ? html`<span class="hint">${error.hint}</span>` : nothing}
      </div>
      ${
        going(job)
          ? html`<progress aria-label=${name} max=${job.total || nothing} value=${job.total ? job.done : nothing}></progress>
              <button
                type="button"
                class="button-icon"
                title=${text.cancel}
                aria-label="${text.cancel}: ${name}"
                @click=${() => void cancelJob(job.id).catch(() => undefined)}
              >
                ${icon('stop')}
              </button>`
          : html`<button
              type="button"
              class="button-icon"
              title=${text.dismiss}
              aria-label="${text.dismiss}: ${name}"
              @click=${() => this.#hide(job.id)}
            >
              ${icon('close')}
            </button>`
      }
    </li>`
  }
}

define('vb-job-list', JobList)
