-- Each word is of a sentence and of a written form.
with
checked as (
    select article_id from dim_article where (getvariable('load_id') is null or load_id = getvariable('load_id'))
    union all
    -- Words whose article is gone are looked at in every load.
    select article_id from (select distinct article_id from fact_word) anti join dim_article using (article_id)
),

word as (select article_id, sentence_no, word_id from fact_word semi join checked using (article_id)),
sentence as (select article_id, sentence_no from fact_sentence semi join checked using (article_id))

select article_id, sentence_no, null as word_id
from (select distinct article_id, sentence_no from word) anti join sentence using (article_id, sentence_no)
union all
select article_id, sentence_no, word_id
from word
semi join (from (select distinct word_id from word) anti join dim_word using (word_id)) using (word_id);
