-- The words of a sentence, punctuation aside, are as many as its word_count.
with counted as (
    select article_id, sentence_no, count(*) filter (kind <> 'punctuation') as words
    from fact_word
    join dim_word using (word_id)
    group by all
)

select article_id, sentence_no, word_count, words
from fact_sentence
left join counted using (article_id, sentence_no)
join dim_article using (article_id)
where (getvariable('load_id') is null or load_id = getvariable('load_id')) and word_count is distinct from words;
