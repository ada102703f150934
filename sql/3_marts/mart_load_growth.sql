-- How long did each load take, and what has it added to what the warehouse holds now? The bytes of a version can't be
-- known inside of it: «mustawda loads» tells them.
create or replace view mart_load_growth as
with
texts as (
    select
        fact_article_version.load_id,
        coalesce(length(body), char_count) as char_count, -- an older text holds its body, the current one its measures
        row_number() over (partition by article_id order by fact_article_version.load_id, version_no) = 1 as is_first
    from fact_article_version
    left join fact_article using (article_id)
),

brought as (
    select load_id, count(*) filter (is_first) as article_count, sum(char_count)::bigint as char_count
    from texts
    group by all
),

counted as (
    select
        load_id, night, started_at, seconds,
        coalesce(article_count, 0) as article_count,
        coalesce(char_count, 0) as char_count
    from dim_load
    left join brought using (load_id)
),

held as (
    select
        *,
        median(seconds) over (order by load_id rows between 28 preceding and 1 preceding) as usual_seconds,
        sum(article_count) over (order by load_id)::bigint as held_articles,
        sum(char_count) over (order by load_id)::bigint as held_chars
    from counted
)

select
    load_id, night, started_at, seconds, usual_seconds, article_count, char_count, held_articles, held_chars,
    round(char_count / nullif(held_chars - char_count, 0), 4) as growth
from held;

comment on view mart_load_growth is 'A load: how long it took, and what it added to what the warehouse holds now; behind a rebuild all is of the rebuild.';
comment on column mart_load_growth.load_id is 'The load.';
comment on column mart_load_growth.night is 'Its night.';
comment on column mart_load_growth.started_at is 'When the run began, UTC.';
comment on column mart_load_growth.seconds is 'From its beginning until its rows were loaded.';
comment on column mart_load_growth.usual_seconds is 'Median of the 28 loads before it; null for the first.';
comment on column mart_load_growth.article_count is 'Articles whose first text it brought.';
comment on column mart_load_growth.char_count is 'Characters of the bodies that it brought, of first and of changed texts.';
comment on column mart_load_growth.held_articles is 'Articles of this load and all before it.';
comment on column mart_load_growth.held_chars is 'Characters of the bodies of this load and all before it, older texts too.';
comment on column mart_load_growth.growth is 'char_count as a share of what was held before it; null where nothing was.';
