create table if not exists fact_article (
    article_id bigint not null,
    source_id varchar not null,
    published_on date,
    load_id varchar not null,
    char_count integer not null,
    paragraph_count integer not null,
    sentence_count integer not null,
    word_count integer not null,
    distinct_word_count integer not null,
    edit_count integer not null
);

comment on table fact_article is 'An article: its measures.';
comment on column fact_article.article_id is 'The article.';
comment on column fact_article.source_id is 'The outlet.';
comment on column fact_article.published_on is 'Day of publication; null where unknown.';
comment on column fact_article.load_id is 'The load that brought the current text.';
comment on column fact_article.char_count is 'Characters of the body.';
comment on column fact_article.paragraph_count is 'Paragraphs of the body.';
comment on column fact_article.sentence_count is 'Sentences of the body.';
comment on column fact_article.word_count is 'Words of the body, without punctuation.';
comment on column fact_article.distinct_word_count is 'Distinct written forms of the body, without punctuation.';
comment on column fact_article.edit_count is 'Changes that cleaning made to title and body.';
