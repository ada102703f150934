create table if not exists fact_revision (
    article_id bigint not null,
    version_no integer not null,
    change_no integer not null,
    change varchar not null,
    old_text varchar,
    new_text varchar
);

comment on table fact_revision is 'A change between a text of an article and the text before it.';
comment on column fact_revision.article_id is 'The article.';
comment on column fact_revision.version_no is 'The later text.';
comment on column fact_revision.change_no is 'Number within the two texts, from 1, the title first.';
comment on column fact_revision.change is 'title, sentence_added, sentence_removed, sentence_changed.';
comment on column fact_revision.old_text is 'What stood there; null where a sentence was added.';
comment on column fact_revision.new_text is 'What stands there; null where a sentence was removed.';
