-- Every outlet of sources.toml, and those that only a folder or a feed names.
delete from dim_source where source_id in (select source_id from stg_source);

insert into dim_source by name
from stg_source;

insert into dim_source by name
select distinct source_id, source_id as source_name, 'UTC' as time_zone
from (select source_id from stg_file union all select source_id from stg_article)
anti join dim_source using (source_id)
order by source_id;
