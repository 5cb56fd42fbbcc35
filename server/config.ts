import { resolve } from 'node:path'
import { z } from 'zod'
import { roles } from './accounts/roles.ts'
import { UsageError } from './errors.ts'

/** Settings that come from outside (command line, environment), checked once at start. */
const schema = z.object({
  /** Folder of the databases; `data/local` by default. */
  dataDir: z.string().transform(dir => resolve(dir)),
  /** `postgres://…`, or undefined: SQLite files in the data folder. */
  database: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  host: z.string(),
  /** Names besides the loopback ones under which requests are answered. */
  allowedHosts: z.string().transform(names => names.split(',').flatMap(name => name.trim() || [])),
  /** Where people reach it, such as `https://verbatim.example.org`; undefined: under the address that it listens on. */
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform(url => new URL(url).origin)
    .optional(),
  /** `auto`: only when it is reached from elsewhere. */
  login: z.enum(['auto', 'always']),
  /** A provider at which people may log in, by OpenID Connect. */
  oidc: z
    .object({
      issuer: z.url({ protocol: /^https?$/ }),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
      /** What the button says. */
      name: z.string().min(1).max(50),
      /** What people whom nobody invited become; `none`: they are not let in. */
      role: z.enum(['none', ...roles]),
      /** Of their e-mail; none: any. */
      domains: z.string().transform(names =>
        names
          .toLowerCase()
          .split(',')
          .flatMap(name => name.trim() || []),
      ),
    })
    .optional(),
  port: z.coerce.number().int().min(0).max(65535),
  /** IANA zone in which moments without a zone are read and all are stored. */
  timeZone: z.string().refine(zone => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** `USD=92.5,EUR=101`: units of `currency` for one of another. Sums of a currency without a rate are never added to others. */
  rates: z
    .string()
    .regex(/^\s*(?:[A-Z]{3}=\d+(?:\.\d+)?\s*(?:,\s*|$))*$/)
    .transform(readRates)
    .refine(rates => Object.values(rates).every(rate => rate > 0)),
  language: z.enum(['ru', 'en']),
  /** A mail server that takes messages about editions. */
  smtp: z
    .object({
      url: z.url({ protocol: /^smtps?$/ }),
      from: z.string().regex(/^[^\r\n]*[^\s@]@[^\s@][^\r\n]*$/),
    })
    .optional(),
  /** A bot that tells of editions. */
  telegram: z
    .object({ token: z.string().regex(/^\d+:[\w-]+$/), url: z.url({ protocol: /^https?$/ }) })
    .optional(),
  /** An OpenAI-compatible endpoint whose vectors take the place of latent analysis. */
  embeddings: z.object({ baseUrl: z.url(), apiKey: z.string(), model: z.string().min(1) }).optional(),
  /** An OpenAI-compatible endpoint whose language model words what the program found; see llm/settings.ts. */
  llm: z
    .object({
      baseUrl: z.url(),
      apiKey: z.string(),
      model: z.string().min(1),
      maxTokens: z.coerce.number().int().positive(),
      maxCost: z.coerce.number().positive().optional(),
      /** `0.15/0.60`: per million tokens of prompts, and of answers. */
      prices: z
        .string()
        .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/)
        .transform(text => {
          const [prompt, completion] = text.split('/').map(Number)
          return { prompt: prompt!, completion: completion! }
        })
        .optional(),
      currency: z.string().regex(/^[A-Z]{3}$/),
      concurrency: z.coerce.number().int().min(1).max(16),
      timeoutMs: z.coerce.number().positive(),
    })
    .refine(({ maxCost, prices }) => maxCost === undefined || prices !== undefined)
    .optional(),
  /** What must stand behind a finding: distinct clients, and places in what was said. */
  evidence: z.object({
    clients: z.coerce.number().int().min(1).max(1000),
    spans: z.coerce.number().int().min(1).max(1000),
  }),
  /** A model at that endpoint that turns speech into text; sound can't be masked, so it is set apart. */
  transcription: z
    .object({
      baseUrl: z.url(),
      apiKey: z.string(),
      model: z.string().min(1),
      timeoutMs: z.coerce.number().positive(),
      maxBytes: z.coerce
        .number()
        .positive()
        .max(500)
        .transform(mb => mb * 2 ** 20),
    })
    .optional(),
})
/** `USD=92.5,EUR=101` -> rates by currency. */
function readRates(text: string): Record<string, number> {
  const pairs = text.split(',').filter(part => part.trim() !== '')
  return Object.fromEntries(pairs.map(pair => [pair.split('=')[0]!.trim(), Number(pair.split('=')[1])]))
}

export type Config = z.infer<typeof schema>

/** Reads settings from the environment given, with `overrides` from the command line on top. Throws UsageError. */
export function readConfig(
  environment: Record<string, string | undefined>,
  overrides: Partial<
    Record<
      Exclude<
        keyof Config,
        'embeddings' | 'llm' | 'evidence' | 'transcription' | 'oidc' | 'smtp' | 'telegram'
      >,
      string
    >
  > = {},
): Config {
  const embeddingsUrl = environment.VERBATIM_EMBEDDINGS_URL
  const llmUrl = environment.VERBATIM_LLM_URL
  const found = {
    dataDir: environment.VERBATIM_DATA ?? 'data/local',
    database: environment.VERBATIM_DATABASE || undefined,
    host: environment.VERBATIM_HOST ?? '127.0.0.1',
    allowedHosts: environment.VERBATIM_ALLOWED_HOSTS ?? '',
    publicUrl: environment.VERBATIM_PUBLIC_URL || undefined,
    login: environment.VERBATIM_LOGIN ?? 'auto',
    ...(environment.VERBATIM_OIDC_ISSUER && {
      oidc: {
        issuer: environment.VERBATIM_OIDC_ISSUER,
        clientId: environment.VERBATIM_OIDC_CLIENT_ID ?? '',
        clientSecret: environment.VERBATIM_OIDC_CLIENT_SECRET ?? '',
        name: environment.VERBATIM_OIDC_NAME ?? 'OpenID Connect',
        role: environment.VERBATIM_OIDC_ROLE ?? 'none',
        domains: environment.VERBATIM_OIDC_DOMAINS ?? '',
      },
    }),
    port: environment.VERBATIM_PORT ?? '4400',
    timeZone: environment.VERBATIM_TIME_ZONE ?? 'Europe/Moscow',
    currency: environment.VERBATIM_CURRENCY ?? 'RUB',
    rates: environment.VERBATIM_RATES ?? '',
    language: environment.VERBATIM_LANGUAGE ?? 'ru',
    ...(environment.VERBATIM_SMTP_URL && {
      smtp: { url: environment.VERBATIM_SMTP_URL, from: environment.VERBATIM_MAIL_FROM ?? '' },
    }),
    ...(environment.VERBATIM_TELEGRAM_TOKEN && {
      telegram: {
        token: environment.VERBATIM_TELEGRAM_TOKEN,
        url: environment.VERBATIM_TELEGRAM_URL ?? 'https://api.telegram.org',
      },
    }),
    ...(embeddingsUrl && {
      embeddings: {
        baseUrl: embeddingsUrl,
        apiKey: environment.VERBATIM_EMBEDDINGS_KEY ?? '',
        model: environment.VERBATIM_EMBEDDINGS_MODEL ?? '',
      },
    }),
    evidence: {
      clients: environment.VERBATIM_EVIDENCE_CLIENTS ?? '3',
      spans: environment.VERBATIM_EVIDENCE_SPANS ?? '3',
    },
    ...(environment.VERBATIM_TRANSCRIBE_MODEL && {
      transcription: {
        baseUrl: environment.VERBATIM_TRANSCRIBE_URL || llmUrl || '',
        apiKey: environment.VERBATIM_TRANSCRIBE_KEY ?? environment.VERBATIM_LLM_KEY ?? '',
        model: environment.VERBATIM_TRANSCRIBE_MODEL,
        timeoutMs: environment.VERBATIM_TRANSCRIBE_TIMEOUT_MS ?? '600000',
        maxBytes: environment.VERBATIM_TRANSCRIBE_MB ?? '25',
      },
    }),
    ...(llmUrl && {
      llm: {
        baseUrl: llmUrl,
        apiKey: environment.VERBATIM_LLM_KEY ?? '',
        model: environment.VERBATIM_LLM_MODEL ?? '',
        maxTokens: environment.VERBATIM_LLM_TOKENS ?? '200000',
        maxCost: environment.VERBATIM_LLM_COST || undefined,
        prices: environment.VERBATIM_LLM_PRICES || undefined,
        currency: environment.VERBATIM_LLM_CURRENCY ?? 'USD',
        concurrency: environment.VERBATIM_LLM_CONCURRENCY ?? '2',
        timeoutMs: environment.VERBATIM_LLM_TIMEOUT_MS ?? '120000',
      },
    }),
    ...overrides,
  }
  const parsed = schema.safeParse(found)
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map(issue => String(issue.path[0])))]
  throw new UsageError(`Settings not understood: ${names.join(', ')}`, {
    hint: 'See the list of settings in README, section “Settings”.',
  })
}
