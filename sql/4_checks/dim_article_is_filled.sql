-- An article of dim_article has a body, in Arabic.
select article_id, file, language, length(body) as chars
from dim_article
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and (body = '' or language <> 'ar' or article_id < 0);
