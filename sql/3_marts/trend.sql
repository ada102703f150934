-- How often a word is written per day and outlet, in titles and bodies; a day without it shows 0.
create or replace macro trend(word) as table
with
written as (
    select article_id, count(*) as hits
    from fact_word
    where word_id in (select word_id from dim_word where folded = fold(word))
    group by all
),

length as (
    select article_id, sum(word_count) as words
    from fact_sentence
    group by all
)

select
    published_on as day,
    source_name as outlet,
    coalesce(sum(hits), 0)::bigint as count,
    sum(length.words)::bigint as words,
    round(1e6 * coalesce(sum(hits), 0) / sum(length.words), 1) as per_million
from fact_article
join length using (article_id)
left join written using (article_id)
join dim_source using (source_id)
where published_on is not null
group by all
order by day, outlet;

comment on macro table trend is 'trend(word): per day and outlet, how often a word is written, and per million words.';
