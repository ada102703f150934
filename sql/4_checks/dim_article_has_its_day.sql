-- Each published_on is a day of dim_date and comes from a named place.
select article_id, file, published_on, published_from
from dim_article
left join dim_date on date_id = published_on
where
    (published_on is not null and date_id is null)
    or (published_on is null) <> (published_from = 'none')
    or published_from not in ('metadata', 'path', 'sources', 'none');
