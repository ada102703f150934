delete from fact_article where article_id in (select article_id from night_text where not is_new);

insert into fact_article by name
select stg_measure.* exclude (batch), source_id, published_on, load_id
from stg_measure
semi join night_text using (batch, article_id)
join dim_article using (article_id);

-- The same text may be delivered again with another day.
update fact_article
set published_on = dim_article.published_on
from dim_article
where
    fact_article.article_id = dim_article.article_id
    and fact_article.published_on is distinct from dim_article.published_on;
