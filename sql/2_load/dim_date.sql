insert into dim_date by name
select distinct * from stg_date
anti join dim_date using (date_id)
order by date_id;
