create or replace view mart_word_frequency as
with
written as (
    select folded, kind, bool_or(is_stopword) as is_stopword, mode(form) as form, count(*) as word_count,
        count(distinct article_id) as article_count
    from fact_word
    join dim_word using (word_id)
    where kind <> 'punctuation'
    group by folded, kind
)

select
    folded, kind, form, is_stopword, word_count, article_count,
    round(1e6 * word_count / sum(word_count) over (), 1) as per_million
from written;

comment on view mart_word_frequency is 'A folded word of a kind: how often it is written, titles included.';
comment on column mart_word_frequency.folded is 'The word as search compares it.';
comment on column mart_word_frequency.kind is 'arabic, latin, number, hashtag, url, other.';
comment on column mart_word_frequency.form is 'The spelling written most.';
comment on column mart_word_frequency.is_stopword is 'Whether it is a function word.';
comment on column mart_word_frequency.word_count is 'Occurrences.';
comment on column mart_word_frequency.article_count is 'Articles that have it.';
comment on column mart_word_frequency.per_million is 'Occurrences per million words.';
