create table if not exists fact_sentence (
    article_id bigint not null,
    sentence_no integer not null,
    paragraph_no integer not null,
    char_start integer not null,
    char_end integer not null,
    sentence varchar not null,
    word_count integer not null
);

comment on table fact_sentence is 'A sentence of a body, or a title (sentence_no 0).';
comment on column fact_sentence.article_id is 'The article.';
comment on column fact_sentence.sentence_no is '0 = the title, if there is one; then 1, 2, 3 …';
comment on column fact_sentence.paragraph_no is '0 for the title; then 1, 2, 3 …';
comment on column fact_sentence.char_start is 'First character, counted from 0 in the body (in the title for sentence 0).';
comment on column fact_sentence.char_end is 'Behind the last character.';
comment on column fact_sentence.sentence is 'The text, equal to the slice of the body or title.';
comment on column fact_sentence.word_count is 'Words of the sentence, without punctuation.';
