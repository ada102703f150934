insert into dim_load by name
select
    getvariable('load_id') as load_id,
    getvariable('night')::date as night,
    getvariable('started_at')::timestamp as started_at,
    current_timestamp at time zone 'UTC' as finished_at,
    getvariable('flow_run_id') as flow_run_id,
    getvariable('code_version') as code_version,
    getvariable('files_seen') as files_seen,
    (select count(*) from stg_file) as files_new,
    (select count(*) from night_article where is_new) as articles_new,
    (select count(*) from night_article where not is_new and has_other_text) as articles_changed,
    (select count(*) from stg_article) - articles_new - articles_changed as articles_unchanged,
    (select count(*) from stg_rejection) as rejected,
    (select count(*) from stg_sentence semi join night_text using (batch, article_id)) as sentences,
    (select coalesce(sum(word_count), 0) from fact_article semi join night_text using (article_id)) as words,
    date_diff('millisecond', started_at, finished_at) / 1000 as seconds;
