/** Editions of reports, over the API. */
import type {
  EditionChanges,
  EditionPage,
  EditionRecord,
  ScheduleRecord,
  ShareMade,
} from '../server/api/contract.ts'
import { call, json } from './api.ts'

const part = encodeURIComponent

export type ScheduleCreate = Pick<
  ScheduleRecord,
  'cron' | 'approve' | 'keepLast' | 'keepDays' | 'recipients'
> & { notebook: string; values: Record<string, string>; confirmed: boolean }

export const getEditions = (notebook: string, signal?: AbortSignal) =>
  call<EditionPage>(`/editions?notebook=${part(notebook)}`, { signal })
export const makeEdition = (request: {
  notebook: string
  values: Record<string, string>
  approve: boolean
  confirmed: boolean
}) => call<EditionRecord>('/editions', json('POST', request))
export const approveEdition = (id: string, approved: boolean) =>
  call<EditionRecord>(`/editions/${part(id)}`, json('PATCH', { approved }))
export const removeEditions = (ids: readonly string[]) =>
  call<{ removed: number }>('/editions', json('DELETE', { ids }))
export const compareEditions = (id: string, since: number, signal?: AbortSignal) =>
  call<EditionChanges | null>(`/editions/${part(id)}/changes?since=${since}`, { signal })
export const shareEdition = (id: string) =>
  call<ShareMade>(`/editions/${part(id)}/share`, json('POST', { expires: '30d' }))
export const sendEdition = (id: string, to: ScheduleRecord['recipients'][number]) =>
  call<{ queued: number }>(`/editions/${part(id)}/deliver`, json('POST', to))
export const retryDelivery = (id: string) =>
  call<unknown>(`/editions/deliveries/${part(id)}/retry`, { method: 'POST' })
export const createSchedule = (request: ScheduleCreate) =>
  call<ScheduleRecord>('/editions/schedules', json('POST', request))
export const changeSchedule = (id: string, change: Partial<ScheduleRecord>) =>
  call<ScheduleRecord>(`/editions/schedules/${part(id)}`, json('PATCH', change))
export const removeSchedule = (id: string) =>
  call<unknown>(`/editions/schedules/${part(id)}`, { method: 'DELETE' })
export const runSchedule = (id: string) =>
  call<{ number: number }>(`/editions/schedules/${part(id)}/run`, { method: 'POST' })
