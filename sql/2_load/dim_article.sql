-- The articles of the night whose last delivery is of the night.
create or replace temp table night_article as
with
last_delivery as (
    select article_id, file, locator, content_sha256
    from fact_delivery
    semi join stg_article using (article_id)
    qualify row_number() over (
        partition by article_id order by delivery_order(delivered_on, file, last_load_id, locator) desc
    ) = 1
)

select
    batch, article_id, file, locator,
    known.article_id is null as is_new,
    stg_article.content_sha256 is distinct from known.content_sha256 as has_other_text,
    -- The raw text alone does not tell: another form in sources.toml or newer code reads another text from it.
    has_other_text or stg_article.raw_sha256 is distinct from known.raw_sha256 as has_other_facts,
    night_version.version_no,
    if(has_other_facts, getvariable('load_id'), known.load_id) as load_id
from last_delivery
join stg_article using (article_id, file, locator, content_sha256)
join night_version using (article_id)
left join dim_article as known using (article_id)
where night_version.is_current;

-- Those whose facts are loaded, by the batch that holds them.
create or replace temp view night_text as
select batch, article_id, is_new from night_article where has_other_facts;

delete from dim_article where article_id in (select article_id from night_article);

insert into dim_article by name
select stg_article.* exclude (batch), night_article.version_no, night_article.load_id
from stg_article
join night_article using (batch, article_id, file, locator);

-- A late delivery of an older text moves the number of the current one.
update dim_article
set version_no = night_version.version_no
from night_version
where
    dim_article.article_id = night_version.article_id
    and is_current
    and dim_article.version_no <> night_version.version_no;
