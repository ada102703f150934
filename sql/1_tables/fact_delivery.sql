create table if not exists fact_delivery (
    article_id bigint not null,
    delivered_on date,
    file varchar not null,
    locator varchar not null,
    content_sha256 varchar not null,
    load_id varchar not null,
    last_load_id varchar not null
);

comment on table fact_delivery is 'A delivery of an article: a record of a file with a text.';
comment on column fact_delivery.article_id is 'The article.';
comment on column fact_delivery.delivered_on is 'Day of the delivery; null where unknown.';
comment on column fact_delivery.file is 'The file.';
comment on column fact_delivery.locator is 'Number of the record in the file; empty where the file is one article.';
comment on column fact_delivery.content_sha256 is 'SHA-256 of the cleaned title, line break, body.';
comment on column fact_delivery.load_id is 'The load that read it first.';
comment on column fact_delivery.last_load_id is 'The load that read it last.';
