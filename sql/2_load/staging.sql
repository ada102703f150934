-- The frames of the night, every batch a folder, and the order of deliveries. No other folder of the path names a
-- column, whatever it is called.
create or replace temp macro staged(frame) as table
select * exclude (filename), regexp_extract(filename, 'batch=(\d+)/[^/]+$', 1)::integer as batch
from read_parquet(
    getvariable('staging') || '/batch=*/' || frame || '.parquet', hive_partitioning = false, filename = true
);

create or replace temp view stg_source as
from read_parquet(getvariable('staging') || '/source.parquet', hive_partitioning = false);

create or replace temp view stg_seen as
from read_parquet(getvariable('staging') || '/seen.parquet', hive_partitioning = false);

create or replace temp view stg_date as
from read_parquet(getvariable('staging') || '/batch=*/date.parquet', hive_partitioning = false);

create or replace temp view stg_file as
from read_parquet(getvariable('staging') || '/batch=*/file.parquet', hive_partitioning = false);

create or replace temp view stg_relexed as
from read_parquet(getvariable('staging') || '/relexed.parquet', hive_partitioning = false);

create or replace temp view stg_lexeme as
select * exclude (file_row_number), file_row_number::integer + 1 as word_no
from read_parquet(
    getvariable('staging') || '/lexeme.parquet', hive_partitioning = false, file_row_number = true
);

create or replace temp view stg_delivered as
from staged('article');

create or replace temp view stg_article as
from stg_delivered anti join fact_forgotten using (article_id);

-- What was taken down stays down: its deliveries are turned away by name, without a word of their text.
create or replace temp view stg_rejection as
from read_parquet(getvariable('staging') || '/batch=*/rejection.parquet', hive_partitioning = false)
union all by name
select source_id, file, locator, 'forgotten' as reason, 'the article was taken down' as detail, '' as excerpt, file_sha256
from stg_delivered semi join fact_forgotten using (article_id);

-- A record that can't be used need not tell which article it is: outlets of which one was taken down, and feeds that
-- bring their articles, are not quoted any more.
create or replace temp view unquoted_source as
select source_id from fact_forgotten
union
select dim_file.source_id
from dim_file
join (
    select file, source_id from dim_article
    union all
    select file, source_id from stg_delivered
    union all
    select file, source_id from fact_rejection where reason = 'forgotten'
) as brought using (file)
where brought.source_id in (select source_id from fact_forgotten);

create or replace temp view stg_edit as
from staged('edit');

create or replace temp view stg_sentence as
from staged('sentence');

create or replace temp view stg_form as
from staged('form');

create or replace temp view stg_word as
from staged('word');

create or replace temp view stg_measure as
from staged('measure');

-- The last delivery of each article is the greatest (delivered_on, file, locator), not the last to arrive; where a
-- file was replaced in place, what it holds now comes behind what it held before, wherever that stood.
create or replace temp macro delivery_order(delivered_on, file, last_load_id, locator) as
    (coalesce(delivered_on, date '0001-01-01'), file, last_load_id, coalesce(try_cast(locator as integer), 0));
