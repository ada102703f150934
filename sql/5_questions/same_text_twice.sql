-- Which articles of different outlets have the same body?
-- A line a body; the titles may differ. Reprints with small changes are not found this way.
select
    count(*) as article_count, min(published_on) as first_on,
    string_agg(source_name, '، ' order by published_at, source_name) as outlets, any_value(title) as title
from dim_article
join dim_source using (source_id)
group by md5(body)
having article_count > 1
order by article_count desc, first_on;
