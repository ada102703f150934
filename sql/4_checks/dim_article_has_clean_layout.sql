-- A body has no blank line, no blank at a line end; a title has no line break.
select article_id, file
from dim_article
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and (regexp_matches(body, '\n\n|[ ]\n|\n[ ]|^\s|\s$') or regexp_matches(title, '\n|^\s|\s$'));
