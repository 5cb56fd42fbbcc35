import type { Config } from '../config.ts'

/** Where the server of these settings is opened, without a path. */
export function baseAddress({
  publicUrl,
  allowedHosts,
  host,
  port,
}: Pick<Config, 'publicUrl' | 'allowedHosts' | 'host' | 'port'>): string {
  if (publicUrl !== undefined) return publicUrl
  const [name] = allowedHosts
  return name === undefined ? `http://${host.includes(':') ? `[${host}]` : host}:${port}` : `https://${name}`
}
