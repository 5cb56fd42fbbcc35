/** Drafts of answers for the site: what people wrote and decided, and how each stands. */
export const name = '011-faq'

export const statements: readonly string[] = [
  `create table faq_edits (edit_id bigint not null, action text not null, body text not null, author text,
    made_at text not null, undone bigint not null, primary key (edit_id))`,
  `create table faq_drafts (theme_id text not null, status text not null, question text, answer text, author text,
    changed_at text not null, published_at text, primary key (theme_id))`,
]
