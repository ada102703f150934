create table if not exists fact_word (
    article_id bigint not null,
    sentence_no integer not null,
    word_no integer not null,
    word_id integer not null,
    char_start integer not null,
    char_end integer not null
);

comment on table fact_word is 'An occurrence of a written form, punctuation too.';
comment on column fact_word.article_id is 'The article.';
comment on column fact_word.sentence_no is 'The sentence; 0 = the title.';
comment on column fact_word.word_no is 'Number within the article, from 1, the title first.';
comment on column fact_word.word_id is 'The written form.';
comment on column fact_word.char_start is 'First character, counted from 0 in the body (in the title for sentence 0).';
comment on column fact_word.char_end is 'Behind the last character.';
