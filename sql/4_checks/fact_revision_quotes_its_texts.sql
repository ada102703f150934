-- What a change says was there stands in the text before, what it says is there in the later one.
with text as (
    select article_id, fact_article_version.version_no,
        coalesce(fact_article_version.title, dim_article.title) as title,
        coalesce(fact_article_version.body, dim_article.body) as body
    from fact_article_version
    join dim_article using (article_id)
    where article_id in (select article_id from fact_revision)
)

select fact_revision.article_id, fact_revision.version_no, change_no, change
from fact_revision
join text as later
    on fact_revision.article_id = later.article_id and fact_revision.version_no = later.version_no
join text as earlier
    on fact_revision.article_id = earlier.article_id and fact_revision.version_no = earlier.version_no + 1
where
    case change
        when 'title' then old_text <> earlier.title or new_text <> later.title
        when 'sentence_added' then old_text is not null or not contains(later.body, new_text)
        when 'sentence_removed' then new_text is not null or not contains(earlier.body, old_text)
        when 'sentence_changed' then not contains(earlier.body, old_text) or not contains(later.body, new_text)
        else true
    end;
