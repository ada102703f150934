-- Each article has its measures once, and measures have their article.
select article_id, count(fact_article.article_id) as rows
from dim_article
full join fact_article using (article_id)
group by article_id
having rows <> 1 or count(dim_article.article_id) <> 1;
