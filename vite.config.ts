/**
 * The browser half into dist/, which the server serves as it is: hashed names under assets/, nothing inline, so that a
 * content policy of `self` holds, and beside each script and style sheet its compressed twin. `npx vite` serves it live
 * and asks a running `npm run verbatim -- serve` for the API.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Writes FILE.br and FILE.gz once, so that the server need not compress at every request. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle: async ({ dir }, bundle) => {
      const names = Object.keys(bundle).filter(name => /\.(?:js|css|svg)$/.test(name))
      await Promise.all(
        names.map(async name => {
          const path = join(dir!, name)
          const content = await readFile(path)
          const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
          await writeFile(`${path}.br`, await promisify(brotliCompress)(content, options))
          await writeFile(`${path}.gz`, await promisify(gzip)(content))
        }),
      )
    },
  }
}

export default defineConfig({
  root: 'web',
  plugins: [precompress()],
  resolve: { alias: { entities: join(import.meta.dirname, 'web/outputs/browser-entities.ts') } },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // A font or icon as data would need a looser content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Charts are one lazy piece of about 290 kB gzip; the limit warns of a second one.
    chunkSizeWarningLimit: 1000,
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:4400', '/r': 'http://127.0.0.1:4400' } },
})
