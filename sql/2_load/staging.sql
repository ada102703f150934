-- The frames of the night, every batch a folder, and the order of deliveries.
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
