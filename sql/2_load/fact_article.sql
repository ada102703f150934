delete from fact_article where article_id in (select article_id from night_article);

insert into fact_article by name
with
text as (
    select
        article_id,
        max(paragraph_no) as paragraph_count,
        count(*) filter (sentence_no > 0) as sentence_count,
        coalesce(sum(word_count) filter (sentence_no > 0), 0) as word_count
    from fact_sentence
    semi join night_article using (article_id)
    group by all
),

vocabulary as (
    select article_id, count(distinct folded) filter (sentence_no > 0 and kind <> 'punctuation') as distinct_word_count
    from fact_word
    semi join night_article using (article_id)
    join dim_word using (word_id)
    group by all
),

ledger as (
    select article_id, count(*) as edit_count
    from fact_edit
    semi join night_article using (article_id)
    group by all
)

select
    article_id, source_id, published_on, load_id,
    length(body) as char_count,
    paragraph_count, sentence_count, word_count, distinct_word_count,
    coalesce(edit_count, 0) as edit_count
from dim_article
semi join night_article using (article_id)
join text using (article_id)
join vocabulary using (article_id)
left join ledger using (article_id);
