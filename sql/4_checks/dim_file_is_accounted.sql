-- A file read by the load gave articles, members or a rejection: none is lost.
select file, outcome, article_count
from dim_file
left join (select distinct load_id, file, true as is_rejected from fact_rejection) using (load_id, file)
where (getvariable('load_id') is null or load_id = getvariable('load_id')) and article_count = 0 and is_rejected is null
    and file not in (select archive from dim_file where archive is not null);
