delete from fact_revision where article_id in (select article_id from night_version);

insert into fact_revision by name
from read_parquet(getvariable('staging') || '/revision.parquet', hive_partitioning = false)
order by article_id, version_no, change_no;
