create or replace temp table night_file as
select
    stg_file.*,
    coalesce(kept.article_count, 0) as article_count,
    case
        when known.sha256 = stg_file.sha256 and known.source_id = stg_file.source_id then 'unchanged'
        when kept.article_count > 0 then 'loaded'
        when stg_file.file in (select archive from stg_file) then 'opened'
        else 'rejected'
    end as outcome,
    getvariable('load_id') as load_id,
    getvariable('load_id') as last_seen_load_id
from stg_file
left join (select file, count(*)::integer as article_count from stg_article group by all) as kept using (file)
left join dim_file as known using (file);

delete from dim_file where file in (select file from night_file);

insert into dim_file by name
from night_file order by file;

-- A member is seen with its archive: when that is read, those that it still holds, else all.
update dim_file
set last_seen_load_id = getvariable('load_id')
where file in (select file from stg_seen) or archive in (select file from stg_seen anti join stg_file using (file));
