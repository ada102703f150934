-- Takes the article getvariable('article_id') out of every table; its key and the reason stay.
insert into fact_forgotten by name
select
    article_id, source_id, natural_key,
    getvariable('why') as why,
    getvariable('forgotten_at')::timestamp as forgotten_at
from dim_article
where article_id = getvariable('article_id');

update fact_rejection
set excerpt = ''
where file in (select file from fact_delivery where article_id = getvariable('article_id'));

delete from fact_revision where article_id = getvariable('article_id');

delete from fact_article_version where article_id = getvariable('article_id');

delete from fact_delivery where article_id = getvariable('article_id');

delete from fact_word where article_id = getvariable('article_id');

delete from fact_sentence where article_id = getvariable('article_id');

delete from fact_edit where article_id = getvariable('article_id');

delete from fact_article where article_id = getvariable('article_id');

delete from dim_article where article_id = getvariable('article_id');

-- A word that only this article had could tell of it.
delete from dim_word where word_id not in (select word_id from fact_word);

update dim_file
set article_count = (select count(distinct article_id) from fact_delivery where fact_delivery.file = dim_file.file)
where article_count > 0 and file not in (select file from fact_delivery);
