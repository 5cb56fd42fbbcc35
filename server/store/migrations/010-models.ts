/** Answers of language models, and which recordings were transcribed. */
export const name = '010-models'

export const statements: readonly string[] = [
  `create table {app}.model_answers (answer_key text not null, task text not null, model text not null,
    made_at text not null, answer text not null, primary key (answer_key))`,
  `create table {app}.recordings (recording_hash text not null, channel bigint not null, model text not null,
    done_at text not null, transcript text, primary key (recording_hash, channel))`,
]
