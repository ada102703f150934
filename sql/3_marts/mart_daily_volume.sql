create or replace view mart_daily_volume as
select
    published_on,
    source_id,
    source_name,
    count(*) as article_count,
    sum(sentence_count)::bigint as sentence_count,
    sum(word_count)::bigint as word_count,
    round(avg(word_count), 1) as words_per_article
from fact_article
join dim_source using (source_id)
group by all;

comment on view mart_daily_volume is 'A day of an outlet: what it published; articles without a day in one row with null.';
comment on column mart_daily_volume.published_on is 'Day of publication; null where unknown.';
comment on column mart_daily_volume.source_id is 'The outlet.';
comment on column mart_daily_volume.source_name is 'Name of the outlet.';
comment on column mart_daily_volume.article_count is 'Articles.';
comment on column mart_daily_volume.sentence_count is 'Sentences of their bodies.';
comment on column mart_daily_volume.word_count is 'Words of their bodies, without punctuation.';
comment on column mart_daily_volume.words_per_article is 'Mean length in words.';
