/** What clients ask before and after a section of a page is there, for all the themes that it is about together. */
export const name = '016-page-changes'

export const statements: readonly string[] = [
  `create table page_changes (page_id text not null, day text not null, before_clients bigint not null,
    before_of bigint not null, after_clients bigint not null, after_of bigint not null, faded bigint not null,
    primary key (page_id))`,
  `create table page_change_themes (page_id text not null, theme_id text not null, n bigint not null,
    primary key (page_id, theme_id))`,
]
