-- Which words carry the news, function words aside?
-- article_count tells a word of many articles from one that a single article repeats.
-- $rows = 40: how many words to list
select form, word_count, article_count, per_million
from mart_word_frequency
where not is_stopword and kind in ('arabic', 'latin')
order by word_count desc, form
limit $rows::integer;
