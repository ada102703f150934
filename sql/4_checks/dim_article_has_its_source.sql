-- Each article is of an outlet of dim_source.
select article_id, source_id
from dim_article
anti join dim_source using (source_id);
