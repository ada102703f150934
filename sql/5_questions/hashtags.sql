-- Which hashtags do the articles carry?
-- A line a hashtag; outlets names those that used it.
select form as hashtag, count(*) as word_count, count(distinct article_id) as article_count,
    string_agg(distinct source_name, '، ' order by source_name) as outlets
from fact_word
join dim_word using (word_id)
join dim_article using (article_id)
join dim_source using (source_id)
where kind = 'hashtag'
group by form
order by word_count desc, hashtag;
