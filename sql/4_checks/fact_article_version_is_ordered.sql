-- The texts of an article are numbered 1, 2, 3 …; the last one is the text of dim_article.
select article_id, count(*) as versions, max(text.version_no) as last
from fact_article_version as text
full join dim_article using (article_id)
group by article_id
having
    last is distinct from versions
    or min(text.version_no) <> 1
    or any_value(dim_article.version_no) is distinct from last
    or arg_max(text.content_sha256, text.version_no)
        is distinct from any_value(dim_article.content_sha256)
    or count(*) filter (text.body is null) <> 1;
