-- Is every outlet still coming? Days of the future (a wrong clock, a typing mistake) count for nothing here.
create or replace view mart_load_health as
with
last_load as (
    select arg_max(night, load_id) as as_of from dim_load
),

days as (
    select source_id, published_on, count(*) as article_count
    from fact_article, last_load
    where published_on <= as_of
    group by all
),

last_days as (
    select
        source_id,
        max(published_on) as last_on,
        max(published_on) filter (published_on < as_of) as volume_on -- the day of the night itself is not over
    from days, last_load
    group by all
),

-- Eight weeks tell the rhythm: weekends are gaps that come again, so nine gaps in ten say how long a gap may be.
gaps as (
    select source_id, published_on - lag(published_on) over (partition by source_id order by published_on) as gap
    from days
    join last_days using (source_id)
    where published_on > last_on - 56
),

rhythms as (
    select source_id, count(*) as day_count, quantile_disc(gap, 0.9) as usual_gap
    from gaps
    group by all
),

-- How far behind its night the newest day of a load is; nine in ten, so that a late file is no alarm.
brought as (
    select source_id, load_id, max(published_on) as brought_on
    from fact_article, last_load
    where published_on <= as_of
    group by all
),

arrivals as (
    select source_id, greatest(night - brought_on, 0) as lag
    from brought
    join dim_load using (load_id)
    qualify row_number() over (partition by source_id order by load_id desc) <= 28
),

lags as (
    select source_id, quantile_disc(lag, 0.9) as usual_lag
    from arrivals
    group by all
),

volumes as (
    select
        source_id,
        any_value(article_count) filter (published_on = volume_on) as article_count,
        count(*) filter (published_on < volume_on) as weekday_count,
        median(article_count) filter (published_on < volume_on) as usual_count
    from days
    join last_days using (source_id)
    where published_on between volume_on - 56 and volume_on and isodow(published_on) = isodow(volume_on)
    group by all
),

written as (
    select distinct dim_article.source_id, timezone(time_zone, timezone('UTC', modified_at)) as written_at
    from dim_file
    join dim_article using (file)
    join dim_source on dim_source.source_id = dim_article.source_id
    cross join last_load
    where modified_at > as_of - 57
),

last_hours as (
    select source_id, written_at::date as written_on, max(hour(written_at)) as last_hour
    from written
    group by all
),

hours as (
    select source_id, quantile_disc(last_hour, 0.5) as usual_hour
    from last_hours, last_load
    where written_on > as_of - 56
    group by all
),

recent_loads as (
    select load_id from dim_load, last_load where night > as_of - 28
),

rejected as (
    select source_id, count(*) as rejection_count
    from fact_rejection semi join recent_loads using (load_id)
    group by all
),

delivered as (
    select source_id, count(*) as delivery_count
    from fact_delivery
    join dim_article using (article_id)
    where fact_delivery.load_id in (from recent_loads)
    group by all
),

sizes as (
    select
        source_id,
        sum(char_count)::bigint as char_count,
        coalesce(sum(char_count) filter (published_on > as_of - 28), 0) / nullif(sum(char_count), 0) as recent_share
    from fact_article, last_load
    group by all
),

measured as (
    select
        source_id, source_name, as_of, last_on, usual_hour,
        case when day_count >= 14 then last_on + (usual_gap + usual_lag)::integer end as due_on,
        case when due_on is not null then greatest(as_of - due_on + 1, 0) end as days_late,
        volume_on, article_count,
        case when weekday_count >= 4 then usual_count end as usual_count,
        coalesce(rejection_count, 0) as rejection_count,
        round(rejection_count / (rejection_count + coalesce(delivery_count, 0)), 3) as rejected_share,
        coalesce(char_count, 0) as char_count,
        round(recent_share, 4) as recent_share
    from dim_source
    cross join last_load
    left join last_days using (source_id)
    left join rhythms using (source_id)
    left join lags using (source_id)
    left join volumes using (source_id)
    left join hours using (source_id)
    left join rejected using (source_id)
    left join delivered using (source_id)
    left join sizes using (source_id)
)

select
    * replace (coalesce(rejected_share, 0) as rejected_share),
    case
        when days_late between 1 and 28 then 'silent'
        when days_late = 0 and article_count >= 2 * usual_count and article_count >= usual_count + 10 then 'doubled'
    end as alarm
from measured;

comment on view mart_load_health is 'An outlet: whether it still comes, measured against its own habits, as of the last published night.';
comment on column mart_load_health.source_id is 'The outlet.';
comment on column mart_load_health.source_name is 'Name of the outlet.';
comment on column mart_load_health.as_of is 'Night of the last published load.';
comment on column mart_load_health.last_on is 'Day of its last article; null where it has none with a day.';
comment on column mart_load_health.usual_hour is 'Hour of its own clock at which its last file of a day usually is written; null where none changed in eight weeks.';
comment on column mart_load_health.due_on is 'Night that brings its next day at the latest, by its last eight weeks; null with articles of fewer than 14 days.';
comment on column mart_load_health.days_late is 'Nights since then that brought nothing; 0 where it is on time; null without due_on.';
comment on column mart_load_health.volume_on is 'Its last day that was over.';
comment on column mart_load_health.article_count is 'Articles of that day.';
comment on column mart_load_health.usual_count is 'Median of its articles on that weekday in the eight weeks before; null with fewer than four such days.';
comment on column mart_load_health.rejection_count is 'Files and records of the last four weeks that could not be used.';
comment on column mart_load_health.rejected_share is 'Their share of all that it delivered in these weeks.';
comment on column mart_load_health.char_count is 'Characters of all its bodies.';
comment on column mart_load_health.recent_share is 'Growth: the share of them in articles of the last four weeks; null where it has none.';
comment on column mart_load_health.alarm is 'silent: 1 to 28 nights late; doubled: at least twice its usual articles, and ten more; else null.';
