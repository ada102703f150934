-- What is read again in the same place is the same delivery.
update fact_delivery
set last_load_id = getvariable('load_id'), delivered_on = again.delivered_on
from stg_article as again
where
    fact_delivery.article_id = again.article_id
    and fact_delivery.file = again.file
    and fact_delivery.locator = again.locator
    and fact_delivery.content_sha256 = again.content_sha256;

insert into fact_delivery by name
select
    article_id, delivered_on, file, locator, content_sha256,
    getvariable('load_id') as load_id,
    getvariable('load_id') as last_load_id
from stg_article
anti join fact_delivery using (article_id, file, locator, content_sha256);
