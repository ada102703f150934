-- Each word is of a sentence and of a written form.
with checked as (
    select article_id, sentence_no, word_no, word_id
    from fact_word
    left join dim_article using (article_id)
    -- A word whose article is gone is looked at in every load.
    where load_id is null or getvariable('load_id') is null or load_id = getvariable('load_id')
)

select article_id, word_no, word_id from checked anti join dim_word using (word_id)
union all
select article_id, word_no, word_id from checked anti join fact_sentence using (article_id, sentence_no);
