-- Takes the article getvariable('article_id') out of every table; its key and the reason stay, also in a version that
-- did not have it yet, so that no way back brings it in again.
insert into fact_forgotten by name
select
    getvariable('article_id')::bigint as article_id,
    getvariable('source_id') as source_id,
    getvariable('natural_key') as natural_key,
    getvariable('why') as why,
    getvariable('forgotten_at')::timestamp as forgotten_at
where getvariable('article_id') not in (select article_id from fact_forgotten);

-- What could not be used may have been this article: its outlet, the feeds that bring its articles and its files are not
-- quoted any more, as in every night from now on.
update fact_rejection
set excerpt = ''
where
    source_id = getvariable('source_id')
    or file in (select unnest(getvariable('delivered_in')))
    or source_id in (
        select dim_file.source_id
        from dim_file
        join dim_article using (file)
        where dim_article.source_id = getvariable('source_id')
    );

-- The landing still holds its deliveries: they are rejections now, as a night that met them would say.
create or replace temp table taken_down as
select fact_delivery.file, fact_delivery.locator, dim_file.load_id, dim_file.sha256 as file_sha256
from fact_delivery
join dim_file on fact_delivery.file = dim_file.file and fact_delivery.last_load_id = dim_file.load_id
where article_id = getvariable('article_id');

insert into fact_rejection by name
select
    load_id,
    row_number() over (partition by load_id order by file, try_cast(locator as integer))::integer
        + coalesce((select max(rejection_no) from fact_rejection as met where met.load_id = taken_down.load_id), 0)
        as rejection_no,
    fact_forgotten.source_id, file, locator,
    'forgotten' as reason, 'the article was taken down' as detail, '' as excerpt,
    file_sha256
from taken_down
join fact_forgotten on article_id = getvariable('article_id');

update dim_load
set rejected = (select count(*) from fact_rejection where fact_rejection.load_id = dim_load.load_id)
where load_id in (select load_id from taken_down);

update dim_file
set
    article_count = article_count - gone.deliveries,
    outcome = if(article_count = gone.deliveries, 'rejected', outcome)
from (select file, count(*)::integer as deliveries from taken_down group by all) as gone
where dim_file.file = gone.file;

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
