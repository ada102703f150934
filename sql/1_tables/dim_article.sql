create table if not exists dim_article (
    article_id bigint not null,
    source_id varchar not null,
    natural_key varchar not null,
    url varchar,
    title varchar not null,
    body varchar not null,
    abstract varchar,
    author varchar,
    byline varchar,
    dateline varchar,
    agency varchar,
    category varchar,
    published_at timestamp,
    published_on date,
    published_from varchar not null,
    language varchar not null,
    version_no integer not null,
    file varchar not null,
    file_sha256 varchar not null,
    locator varchar not null,
    encoding varchar,
    delivered_on date,
    raw_sha256 varchar not null,
    content_sha256 varchar not null,
    load_id varchar not null
);

comment on table dim_article is 'An article, in its current text.';
comment on column dim_article.article_id is 'Stable hash of source_id and natural_key; the same in every warehouse.';
comment on column dim_article.source_id is 'The outlet.';
comment on column dim_article.natural_key is 'The url, else the id of the record, else the path below the outlet (with #locator).';
comment on column dim_article.url is 'Address of the article; null where not delivered.';
comment on column dim_article.title is 'Title, cleaned; empty where there is none.';
comment on column dim_article.body is 'Body, cleaned, in the spelling of its author; paragraphs are separated by one line break.';
comment on column dim_article.abstract is 'Abstract as delivered; null where there is none.';
comment on column dim_article.author is 'Author as delivered; null where there is none.';
comment on column dim_article.byline is 'Who wrote it, as the first lines of the body name them («كتب: أحمد حسن»); several joined by «، »; null where they name nobody.';
comment on column dim_article.dateline is 'Place of the dateline at the head of the body, as written («القدس المحتلة- …»); null where there is none.';
comment on column dim_article.agency is 'Agency or outlet that the head of the body credits, by one name («ا ف ب», «AFP» are أ ف ب); several joined by «، »; null where there is none.';
comment on column dim_article.category is 'Section of the outlet, as delivered.';
comment on column dim_article.published_at is 'Instant of publication, UTC; null where only a day or nothing is known.';
comment on column dim_article.published_on is 'Day of publication in the time zone of the outlet; null where unknown.';
comment on column dim_article.published_from is 'Where the day comes from: metadata, path, sources, none.';
comment on column dim_article.language is 'Language of the text: ar.';
comment on column dim_article.version_no is 'Number of the current text, from 1; a revision adds 1.';
comment on column dim_article.file is 'The file of the current text.';
comment on column dim_article.file_sha256 is 'SHA-256 of that file.';
comment on column dim_article.locator is 'Number of the record in that file; empty where the file is one article.';
comment on column dim_article.encoding is 'Encoding of that file.';
comment on column dim_article.delivered_on is 'Day of the delivery: from the record, else the path, else the day of publication.';
comment on column dim_article.raw_sha256 is 'SHA-256 of raw title, line break, raw body: proves that fact_edit can be undone.';
comment on column dim_article.content_sha256 is 'SHA-256 of title, line break, body.';
comment on column dim_article.load_id is 'The load that brought the current text.';
