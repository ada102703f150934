-- Texts follow each other in the order of delivery, not of arrival: a late one is put in its place, and the versions
-- of an article that was delivered tonight are numbered anew.
create or replace temp table night_version as
with
ordered as (
    select
        article_id, content_sha256, delivered_on, load_id,
        row_number() over deliveries as delivery_no,
        content_sha256 is distinct from lag(content_sha256) over deliveries as is_other_text
    from fact_delivery
    semi join stg_article using (article_id)
    window deliveries as (partition by article_id order by delivery_order(delivered_on, file, last_load_id, locator))
)

select
    article_id,
    row_number() over texts as version_no,
    content_sha256,
    delivered_on as valid_from,
    lead(delivered_on) over texts as valid_to,
    lead(content_sha256) over texts is null as is_current,
    load_id
from ordered
where is_other_text
window texts as (partition by article_id order by delivery_no);

create or replace temp table night_version_text as
select distinct on (article_id, content_sha256) article_id, content_sha256, title, body
from (
    from (select article_id, content_sha256, title, body from stg_article)
    union all
    from (select article_id, content_sha256, title, body from dim_article)
    union all
    from (select article_id, content_sha256, title, body from fact_article_version where body is not null)
)
semi join (select article_id from night_version where not is_current or version_no > 1) using (article_id);

delete from fact_article_version where article_id in (select article_id from night_version);

insert into fact_article_version by name
select
    article_id, version_no,
    if(is_current, null, title) as title,
    if(is_current, null, body) as body,
    content_sha256, valid_from, valid_to, load_id
from night_version
left join night_version_text using (article_id, content_sha256)
order by article_id, version_no;

create or replace temp view night_pair as
select
    later.article_id, later.version_no,
    old.title as old_title, old.body as old_body,
    new.title as new_title, new.body as new_body
from night_version as later
join night_version as earlier on later.article_id = earlier.article_id and later.version_no = earlier.version_no + 1
join night_version_text as new
    on later.article_id = new.article_id and later.content_sha256 = new.content_sha256
join night_version_text as old
    on earlier.article_id = old.article_id and earlier.content_sha256 = old.content_sha256;
