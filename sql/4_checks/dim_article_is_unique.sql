-- An article stands once in dim_article.
select article_id, count(*) as rows
from dim_article
group by all
having rows > 1;
