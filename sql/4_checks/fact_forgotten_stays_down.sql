-- An article that was taken down is in no table any more, and the reason is stated.
select article_id, natural_key, why
from fact_forgotten
where
    why = ''
    or article_id in (select article_id from dim_article)
    or article_id in (select article_id from fact_article_version)
    or article_id in (select article_id from fact_sentence);
