-- The frames of the night, every batch a folder, and the deliveries among them that become current.
create or replace temp view stg_source as
from read_parquet(getvariable('staging') || '/source.parquet');

create or replace temp view stg_date as
from read_parquet(getvariable('staging') || '/batch=*/date.parquet', hive_partitioning = false);

create or replace temp view stg_file as
from read_parquet(getvariable('staging') || '/batch=*/file.parquet', hive_partitioning = false);

create or replace temp view stg_rejection as
from read_parquet(getvariable('staging') || '/batch=*/rejection.parquet', hive_partitioning = false);

create or replace temp view stg_lexeme as
from read_parquet(getvariable('staging') || '/batch=*/lexeme.parquet', hive_partitioning = false);

create or replace temp view stg_article as
from read_parquet(getvariable('staging') || '/batch=*/article.parquet', hive_partitioning = true);

create or replace temp view stg_edit as
from read_parquet(getvariable('staging') || '/batch=*/edit.parquet', hive_partitioning = true);

create or replace temp view stg_sentence as
from read_parquet(getvariable('staging') || '/batch=*/sentence.parquet', hive_partitioning = true);

create or replace temp view stg_word as
from read_parquet(getvariable('staging') || '/batch=*/word.parquet', hive_partitioning = true);

create or replace temp view stg_measure as
from read_parquet(getvariable('staging') || '/batch=*/measure.parquet', hive_partitioning = true);

-- The last delivery of each article is the greatest (delivered_on, file, locator), not the last to arrive.
-- A known delivery whose file was read again this night is superseded: the landing no longer holds it.
create or replace temp macro delivery_order(delivered_on, file, locator) as
    (coalesce(delivered_on, date '0001-01-01'), file, coalesce(try_cast(locator as integer), 0));

create or replace temp table night_article as
with last_delivery as (
    select
        batch, article_id, file, locator, raw_sha256, content_sha256,
        delivery_order(delivered_on, file, locator) as delivery
    from stg_article
    qualify row_number() over (partition by article_id order by delivery desc) = 1
)
select
    last_delivery.batch,
    article_id,
    last_delivery.file,
    last_delivery.locator,
    known.article_id is null as is_new,
    last_delivery.content_sha256 is distinct from known.content_sha256 as has_other_text,
    last_delivery.raw_sha256 is distinct from known.raw_sha256 as has_other_facts,
    coalesce(known.version_no, 0) + has_other_text::integer as version_no,
    if(has_other_facts, getvariable('load_id'), known.load_id) as load_id
from last_delivery
left join dim_article as known using (article_id)
where
    known.article_id is null
    or known.file in (select file from stg_file)
    or delivery >= delivery_order(known.delivered_on, known.file, known.locator);

-- The articles whose facts are loaded, by the batch that holds them.
create or replace temp view night_text as
select batch, article_id, is_new from night_article where has_other_facts;
