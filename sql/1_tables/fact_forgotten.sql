create table if not exists fact_forgotten (
    article_id bigint not null,
    source_id varchar not null,
    natural_key varchar not null,
    why varchar not null,
    forgotten_at timestamp not null
);

comment on table fact_forgotten is 'An article that was taken down: its key and the reason are all that is left.';
comment on column fact_forgotten.article_id is 'The article; its deliveries are passed over.';
comment on column fact_forgotten.source_id is 'The outlet.';
comment on column fact_forgotten.natural_key is 'The key of the article: its url, id or path.';
comment on column fact_forgotten.why is 'The reason, as given with the command.';
comment on column fact_forgotten.forgotten_at is 'When it was taken down, UTC.';
