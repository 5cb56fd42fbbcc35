/** What mining found in facts, and what people made of it. */
import {
  calendar,
  edits,
  integer,
  maybeInteger,
  maybeReal,
  maybeText,
  real,
  type TableDefinition,
  text,
} from './columns.ts'

export const findings = {
  themes: {
    area: 'facts',
    large: false,
    key: ['theme_id'],
    columns: {
      theme_id: text,
      /** question, value or objection */
      kind: text,
      label: text,
      /** What the machine called it, under a person's name for it. */
      machine_label: text,
      /** price, landing, product, terms, service or other */
      topic: text,
      machine_topic: text,
      /** new, in_work, answered or dismissed */
      status: text,
      hidden: integer,
      /** The older theme that this one was merged into. */
      alias_of: maybeText,
      created_at: maybeText,
      /** Which engine and catalogue data stand behind it; opaque to notebooks. */
      engine: maybeText,
    },
  },
  theme_edits: {
    area: 'facts',
    large: false,
    key: ['edit_id'],
    columns: edits,
  },
  mentions: {
    area: 'facts',
    large: true,
    key: ['client_id', 'conversation_id', 'n', 'span_from', 'kind'],
    columns: {
      client_id: text,
      conversation_id: text,
      n: integer,
      /** UTF-16 units into the utterance's text, `span_to` exclusive. */
      span_from: integer,
      span_to: integer,
      /** question, value or objection */
      kind: text,
      /** Null while it waits for a theme. */
      theme_id: maybeText,
      /** Where the machine put it; people's edits and merges make `theme_id` of it. */
      machine_theme_id: maybeText,
      /** Why it waits: few (not enough clients said alike yet) or bare (no word that means something). */
      waits: maybeText,
      /** Its place among the texts by which the machine knows the theme; null for the others. */
      exemplar: maybeInteger,
      score: maybeReal,
      /** Taken from the conversation, so that notebooks ask one table. */
      deal_id: maybeText,
      source: maybeText,
      conversation_kind: maybeText,
      ...calendar,
    },
  },
  /** Wordings of clients that a person confirmed as asking for a page's section. */
  page_phrasings: {
    area: 'facts',
    large: false,
    key: ['page_id', 'text'],
    columns: { page_id: text, text: text },
  },
  /** Each question theme against the pages; made by mining. */
  gaps: {
    area: 'facts',
    large: false,
    key: ['theme_id'],
    columns: {
      theme_id: text,
      /** answered, poor (a section answers, clients ask all the same), missing, or unsure */
      state: text,
      /** The nearest section, answering or not. */
      page_id: maybeText,
      /** Likeness to it, 0 … 1. */
      score: maybeReal,
      /** Distinct clients who asked, and who asked after the section was there. */
      clients: integer,
      asked_after: integer,
      /** Of those who got in touch in equal spans before and after the section's day: who asked, out of how many. */
      before_clients: maybeInteger,
      before_of: maybeInteger,
      after_clients: maybeInteger,
      after_of: maybeInteger,
      /** 1 when the share fell beyond chance. */
      faded: integer,
    },
  },
  /** How the draft of an answer to each theme's question stands; follows from the log of edits. */
  faq_drafts: {
    area: 'facts',
    large: false,
    key: ['theme_id'],
    columns: {
      theme_id: text,
      /** new, in_work, draft or published */
      status: text,
      /** As an editor wrote them; null while nobody did. */
      question: maybeText,
      answer: maybeText,
      /** Who changed it last, and when. */
      author: maybeText,
      changed_at: text,
      /** The day from which visitors see it. */
      published_at: maybeText,
    },
  },
  faq_edits: {
    area: 'facts',
    large: false,
    key: ['edit_id'],
    columns: edits,
  },
  /** What a section's day changed for the themes it is about, taken together; made by mining. */
  page_changes: {
    area: 'facts',
    large: false,
    key: ['page_id'],
    columns: {
      page_id: text,
      day: text,
      /** Of those who got in touch in equal spans before and after the day: who asked for any of its themes. */
      before_clients: integer,
      before_of: integer,
      after_clients: integer,
      after_of: integer,
      /** 1 when the share fell beyond chance. */
      faded: integer,
    },
  },
  /** Themes that a section with a day is about, nearest first; its change may not be told yet. */
  page_change_themes: {
    area: 'facts',
    large: false,
    key: ['page_id', 'theme_id'],
    columns: { page_id: text, theme_id: text, n: integer },
  },
  /** Groups of clients that are alike; made by mining. Ids are never given twice. */
  personas: {
    area: 'facts',
    large: false,
    key: ['persona_id'],
    columns: {
      persona_id: text,
      name: text,
      /** What the machine called it, under a person's name for it. */
      machine_name: text,
      hidden: integer,
      /** Comes first, and no later division of the clients dissolves it. */
      pinned: integer,
      /** The older persona that this one was merged into. */
      alias_of: maybeText,
      created_at: maybeText,
    },
  },
  persona_edits: {
    area: 'facts',
    large: false,
    key: ['edit_id'],
    columns: edits,
  },
  /** How many clients of the machine's personas have each trait, out of how many of whom the field is known. */
  persona_traits: {
    area: 'facts',
    large: false,
    key: ['persona_id', 'field', 'value'],
    columns: {
      persona_id: text,
      /**
       * kind, profile, city, product, source, contact, repeat, attribute:NAME, check, cycle, or theme; and for briefs
       * `won:theme` (themes of clients who bought, out of those who spoke) and `hour` (hours of getting in touch).
       */
      field: text,
      /** The field's value, a band as `low..high`, or a theme's id. */
      value: text,
      clients: integer,
      known: integer,
    },
  },
  client_personas: {
    area: 'facts',
    large: true,
    key: ['client_id'],
    columns: {
      client_id: text,
      persona_id: text,
      /** Where the machine put the client; people's merges make `persona_id` of it. */
      machine_persona_id: text,
      /** How sure that is, 0 … 1. */
      share: real,
    },
  },
} as const satisfies Record<string, TableDefinition>
