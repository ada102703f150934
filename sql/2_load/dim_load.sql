insert into dim_load by name
with
delivered as (select count(*) as articles from stg_article),

current as (
    select
        count(*) filter (is_new) as articles_new,
        count(*) filter (not is_new and has_other_text) as articles_changed
    from night_article
),

loaded as (
    select coalesce(sum(sentence_count), 0) as sentences, coalesce(sum(word_count), 0) as words
    from fact_article semi join night_text using (article_id)
)

select
    getvariable('load_id') as load_id,
    getvariable('night')::date as night,
    getvariable('started_at')::timestamp as started_at,
    getvariable('finished_at')::timestamp as finished_at,
    getvariable('flow_run_id') as flow_run_id,
    getvariable('code_version') as code_version,
    getvariable('sources_sha256') as sources_sha256,
    getvariable('lexicon_version') as lexicon_version,
    getvariable('schema_no') as schema_no,
    getvariable('files_seen') as files_seen,
    (select count(*) from stg_file) as files_new,
    (select count(*) from dim_file where last_seen_load_id <> getvariable('load_id')) as files_gone,
    articles_new,
    articles_changed,
    articles - articles_new - articles_changed as articles_unchanged,
    (select count(*) from stg_rejection) as rejected,
    sentences,
    words,
    date_diff('millisecond', started_at, finished_at) / 1000 as seconds
from delivered, current, loaded;
