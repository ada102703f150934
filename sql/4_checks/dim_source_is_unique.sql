-- An outlet stands once in dim_source.
select source_id, count(*) as rows
from dim_source
group by all
having rows > 1;
