-- A file that was read again settles what was open of it and of its members: mended, or met again by this load.
update fact_rejection
set resolved_load_id = getvariable('load_id')
where resolved_load_id is null and file in (
    select file from stg_file union all select dim_file.file from dim_file semi join stg_file on dim_file.archive = stg_file.file
);

update fact_rejection
set excerpt = ''
where excerpt <> '' and source_id in (from unquoted_source);

insert into fact_rejection by name
select
    getvariable('load_id') as load_id,
    row_number() over (order by file, try_cast(locator as integer), reason)::integer as rejection_no,
    * replace (if(source_id in (from unquoted_source), '', excerpt) as excerpt)
from stg_rejection
order by rejection_no;
