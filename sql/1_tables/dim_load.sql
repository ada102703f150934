create table if not exists dim_load (
    load_id varchar not null,
    night date not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    flow_run_id varchar,
    code_version varchar not null,
    sources_sha256 varchar not null,
    lexicon_version varchar not null,
    schema_no integer not null,
    files_seen integer not null,
    files_new integer not null,
    files_gone integer not null,
    articles_new integer not null,
    articles_changed integer not null,
    articles_unchanged integer not null,
    rejected integer not null,
    sentences bigint not null,
    words bigint not null,
    seconds double not null
);

comment on table dim_load is 'A published run.';
comment on column dim_load.load_id is 'Sortable name of the load and of the version that it published.';
comment on column dim_load.night is 'Label of the run: its scheduled day, else the day it ran.';
comment on column dim_load.started_at is 'When the run began, UTC.';
comment on column dim_load.finished_at is 'When its rows were loaded, UTC; checks and publishing follow.';
comment on column dim_load.flow_run_id is 'The flow run of Prefect; null for a run outside of it.';
comment on column dim_load.code_version is 'Version of the code, SQL and knowledge tables that made the rows.';
comment on column dim_load.sources_sha256 is 'SHA-256 of sources.toml as the load read it.';
comment on column dim_load.lexicon_version is 'Version of the lexicon that every word of dim_word was analysed with.';
comment on column dim_load.schema_no is 'Number of the schema that the load wrote.';
comment on column dim_load.files_seen is 'Files in the landing.';
comment on column dim_load.files_new is 'Files that were new or changed.';
comment on column dim_load.files_gone is 'Files that the warehouse knows and the landing no longer has; their articles stay.';
comment on column dim_load.articles_new is 'Articles not known before.';
comment on column dim_load.articles_changed is 'Articles that came with another text.';
comment on column dim_load.articles_unchanged is 'Deliveries that brought nothing new: the same text again, or an older one.';
comment on column dim_load.rejected is 'Files and records that could not be used.';
comment on column dim_load.sentences is 'Sentences of bodies loaded.';
comment on column dim_load.words is 'Words of bodies loaded, without punctuation.';
comment on column dim_load.seconds is 'From started_at to finished_at.';
