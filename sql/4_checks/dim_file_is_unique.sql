-- A file stands once in dim_file.
select file, count(*) as rows
from dim_file
group by all
having rows > 1;
