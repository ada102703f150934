create or replace view mart_source_profile as
with
articles as (
    select
        source_id,
        count(*) as article_count,
        min(published_on) as first_on,
        max(published_on) as last_on,
        median(word_count)::integer as median_words,
        sum(word_count)::bigint as word_count,
        round(sum(word_count) / nullif(sum(sentence_count), 0), 1) as words_per_sentence,
        round(sum(edit_count) / count(*), 1) as edits_per_article
    from fact_article
    group by all
),

rejections as (
    select source_id, count(*) as rejection_count
    from fact_rejection
    group by all
)

select
    source_id, source_name, country_code,
    coalesce(article_count, 0) as article_count,
    first_on, last_on, median_words, word_count, words_per_sentence, edits_per_article,
    coalesce(rejection_count, 0) as rejection_count
from dim_source
left join articles using (source_id)
left join rejections using (source_id);

comment on view mart_source_profile is 'An outlet: how much, since when, how long, how clean.';
comment on column mart_source_profile.source_id is 'The outlet.';
comment on column mart_source_profile.source_name is 'Name of the outlet.';
comment on column mart_source_profile.country_code is 'Country, ISO 3166 alpha-2.';
comment on column mart_source_profile.article_count is 'Articles.';
comment on column mart_source_profile.first_on is 'First day of publication.';
comment on column mart_source_profile.last_on is 'Last day of publication.';
comment on column mart_source_profile.median_words is 'Median length of a body in words.';
comment on column mart_source_profile.word_count is 'Words of all bodies.';
comment on column mart_source_profile.words_per_sentence is 'Mean length of a sentence in words.';
comment on column mart_source_profile.edits_per_article is 'Mean number of changes that cleaning made.';
comment on column mart_source_profile.rejection_count is 'Files and records that could not be used, over all loads.';
