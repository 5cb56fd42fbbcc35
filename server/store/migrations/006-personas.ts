/** Groups of clients that are alike, who belongs to which, and what people corrected. */
export const name = '006-personas'

export const statements: readonly string[] = [
  `create table personas (persona_id text not null, name text not null, machine_name text not null,
    hidden bigint not null, pinned bigint not null, alias_of text, created_at text, primary key (persona_id))`,
  `create table persona_edits (edit_id bigint not null, action text not null, body text not null, author text,
    made_at text not null, undone bigint not null, primary key (edit_id))`,
  `create table persona_traits (persona_id text not null, field text not null, value text not null,
    clients bigint not null, known bigint not null, primary key (persona_id, field, value))`,
  `create table client_personas (client_id text not null, persona_id text not null,
    machine_persona_id text not null, share double precision not null, primary key (client_id))`,
  'create index client_personas_persona on client_personas (persona_id, client_id)',
]
