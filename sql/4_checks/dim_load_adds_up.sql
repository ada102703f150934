-- Every row of a load belongs to a load of dim_load, which counts what it loaded.
with found as (
    select load_id, count(*) as rejected from fact_rejection group by all
)

select dim_load.load_id, dim_load.rejected, found.rejected as found
from dim_load
left join found using (load_id)
where dim_load.rejected <> coalesce(found.rejected, 0)
union all
select load_id, null, null
from (select distinct load_id from dim_article union select distinct load_id from dim_file)
anti join dim_load using (load_id);
