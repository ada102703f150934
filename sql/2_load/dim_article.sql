delete from dim_article where article_id in (select article_id from night_article);

insert into dim_article by name
select stg_article.* exclude (batch), night_article.version_no, night_article.load_id
from stg_article
join night_article using (batch, article_id, file, locator);
