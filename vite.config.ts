/**
 * The browser half into dist/, which the server serves as it is: hashed names under assets/, nothing inline, so that a
 * content policy of `self` holds; `npx vite` serves it live and asks a running `npm run verbatim -- serve` for the API.
 */
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'web',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // A font or icon as data: would need a looser content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Charts are one lazy piece of about 290 kB gzip; the limit warns of a second one.
    chunkSizeWarningLimit: 1200,
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:4400', '/r': 'http://127.0.0.1:4400' } },
})
