-- The words of a sentence, punctuation aside, are as many as its word_count.
with
checked as (
    select article_id from dim_article where (getvariable('load_id') is null or load_id = getvariable('load_id'))
),

counted as (
    select article_id, sentence_no, count(*) filter (kind <> 'punctuation') as words
    from fact_word
    semi join checked using (article_id)
    join dim_word using (word_id)
    group by all
)

select article_id, sentence_no, word_count, words
from fact_sentence
semi join checked using (article_id)
left join counted using (article_id, sentence_no)
where word_count is distinct from words;
