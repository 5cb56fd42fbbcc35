/** A file made of a report. */
export interface ReportFile {
  /** Its MIME type. */
  type: string
  content: string | Uint8Array
}
