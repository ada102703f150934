-- Each edit is of an article, in its title or body, and changes something.
select article_id, edit_no, part, reason
from fact_edit
left join dim_article using (article_id)
where
    dim_article.article_id is null
    or part not in ('title', 'body')
    or raw_text = replacement
    or raw_end - raw_start <> length(raw_text);
