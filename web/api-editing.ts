/** The part of the API that changes notebooks. */
import type {
  BinnedNotebook,
  Block,
  Choice,
  KindSummary,
  NotebookSource,
  NotebookVersion,
} from '../server/api/contract.ts'
import { call, json } from './api.ts'

const at = (id: string) => `/notebooks/${encodeURIComponent(id)}`

export interface NewNotebook {
  title: string
  language: 'ru' | 'en'
  /** Another notebook, whose text is taken. */
  from?: string
  /** A text of one's own. */
  text?: string
}

export const getSource = (id: string) => call<NotebookSource>(`${at(id)}/source`)
export const saveNotebook = (id: string, text: string, revision: string) =>
  call<NotebookSource>(at(id), json('PUT', { text, revision }))
export const renameNotebook = (id: string, title: string) =>
  call<NotebookSource>(at(id), json('PATCH', { title }))
export const createNotebook = (body: NewNotebook) => call<NotebookSource>('/notebooks', json('POST', body))
export const deleteNotebook = (id: string) => call<{ entry: string }>(at(id), { method: 'DELETE' })
export const getBin = () => call<BinnedNotebook[]>('/bin')
export const takeFromBin = (entry: string) =>
  call<NotebookSource>(`/bin/${encodeURIComponent(entry)}`, { method: 'POST' })
export const getVersions = (id: string) => call<NotebookVersion[]>(`${at(id)}/versions`)
export const getVersion = (id: string, version: string) =>
  call<{ text: string; blocks: Block[] }>(`${at(id)}/versions/${encodeURIComponent(version)}`)
export const getKinds = () => call<KindSummary[]>('/kinds')
/** What an option may be, where its schema names it by `choices`. */
export const getChoices = (from: string, language: 'ru' | 'en') =>
  call<Choice[]>(`/choices/${encodeURIComponent(from)}?language=${language}`)
