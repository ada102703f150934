-- What did cleaning change, by outlet and reason?
-- Every change is a row of fact_edit; an example shows what stood there and what stands there now.
select
    source_name, reason, count(*) as edit_count, count(distinct article_id) as article_count,
    any_value(raw_text) as example, any_value(replacement) as becomes
from fact_edit
join dim_article using (article_id)
join dim_source using (source_id)
group by all
order by source_name, edit_count desc;
