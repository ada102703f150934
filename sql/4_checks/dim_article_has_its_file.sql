-- Each article is of a file of dim_file that gave articles, as long as the file is the same.
select article_id, file
from dim_article
left join dim_file using (file)
where dim_file.file is null or (sha256 = file_sha256 and article_count = 0);
