-- The measures of an article are those of its sentences and edits.
with
sentences as (
    select
        article_id,
        count(*) filter (sentence_no > 0) as sentence_count,
        sum(word_count) filter (sentence_no > 0) as word_count
    from fact_sentence
    group by all
),

edits as (select article_id, count(*) as edit_count from fact_edit group by all)

select article_id, fact_article.sentence_count, fact_article.word_count, fact_article.edit_count
from fact_article
left join sentences using (article_id)
left join edits using (article_id)
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and (
        fact_article.sentence_count is distinct from sentences.sentence_count
        or fact_article.word_count is distinct from sentences.word_count
        or fact_article.edit_count <> coalesce(edits.edit_count, 0)
        or distinct_word_count > fact_article.word_count
        or char_count = 0
    );
