create table if not exists fact_article_version (
    article_id bigint not null,
    version_no integer not null,
    title varchar,
    body varchar,
    content_sha256 varchar not null,
    valid_from date,
    valid_to date,
    load_id varchar not null
);

comment on table fact_article_version is 'A text of an article: each text that its deliveries brought, one after the other.';
comment on column fact_article_version.article_id is 'The article.';
comment on column fact_article_version.version_no is 'Number within the article, from 1, in the order of delivery.';
comment on column fact_article_version.title is 'Title of the text; null for the current text, which dim_article holds.';
comment on column fact_article_version.body is 'Body of the text; null for the current text, which dim_article holds.';
comment on column fact_article_version.content_sha256 is 'SHA-256 of title, line break, body.';
comment on column fact_article_version.valid_from is 'Day of the first delivery of the text; null where unknown.';
comment on column fact_article_version.valid_to is 'Day on which the next text was delivered; null for the current text.';
comment on column fact_article_version.load_id is 'The load that brought the text.';
