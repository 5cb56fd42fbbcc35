/**
 * Property tests draw the same cases at every run, so that what fails fails for everybody. `VERBATIM_TEST_SEED=7 npm run
 * test:unit` draws others.
 */
import { configureGlobal, readConfigureGlobal } from 'fast-check'

const seed = Number(process.env.VERBATIM_TEST_SEED ?? 20_261_124)
configureGlobal({ ...readConfigureGlobal(), seed })
