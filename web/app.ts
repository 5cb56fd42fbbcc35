/** Where the browser begins: preferences onto the document, then the shell. */
import { applyPreferences } from './state/preferences.ts'
import './elements/app.ts'

applyPreferences()
