-- Each article is of a file of dim_file that gave articles.
select article_id, file
from dim_article
left join dim_file using (file)
where dim_file.file is null or article_count = 0;
