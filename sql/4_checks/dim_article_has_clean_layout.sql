-- A body has no blank line, no blank at a line end; a title has no line break.
select article_id, file
from dim_article
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and (
        contains(body, E'\n\n')
        or contains(body, E' \n')
        or contains(body, E'\n ')
        or contains(title, E'\n')
        or list_bool_or([regexp_matches(text, '^\s') or regexp_matches(text, '\s$') for text in [title, body]])
    );
