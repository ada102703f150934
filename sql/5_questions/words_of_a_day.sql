-- Which words are written more on one day than on the others?
-- ratio compares the share of the word on that day with its share on all other days; 2 means twice as often.
-- $day = 2026-11-17: the day, as YYYY-MM-DD
with
counted as (
    select
        folded, mode(form) as form,
        count(*) filter (published_on = $day::date) as on_day,
        count(*) filter (published_on <> $day::date) as on_others,
        count(distinct article_id) filter (published_on = $day::date) as article_count
    from fact_word
    join dim_word using (word_id)
    join fact_article using (article_id)
    where kind = 'arabic' and not is_stopword
    group by folded
)

select
    form, on_day, article_count,
    round((on_day / sum(on_day) over ()) / ((on_others + 1) / sum(on_others + 1) over ()), 1) as ratio
from counted
qualify on_day >= 3 and article_count >= 2
order by ratio desc, form
limit 30;
