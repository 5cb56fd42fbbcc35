/** Who got in touch and when, in the order of clients: how many of them there were is counted without reading rows. */
export const name = '009-contacts'

export const statements: readonly string[] = [
  'create index conversations_client_day on conversations (client_id, day)',
]
