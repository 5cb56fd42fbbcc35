/** Whether a client bought, without reading the deals themselves: asked beside every theme. */
export const name = '004-outcomes'

export const statements: readonly string[] = ['create index deals_outcome on deals (client_id, status)']
