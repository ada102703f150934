-- Each delivery is of an article, each article was delivered, and no delivery stands twice.
select article_id, file, locator, content_sha256, count(*) as rows
from fact_delivery
full join (select article_id from dim_article) as article using (article_id)
group by all
having rows > 1 or file is null or count(article.article_id) = 0;
