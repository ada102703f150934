insert into fact_delivery by name
select article_id, delivered_on, file, locator, content_sha256, getvariable('load_id') as load_id
from stg_article
anti join fact_delivery using (article_id, file, locator, content_sha256);
