insert into fact_rejection by name
select
    getvariable('load_id') as load_id,
    row_number() over (order by file, try_cast(locator as integer), reason)::integer as rejection_no,
    *
from stg_rejection
order by rejection_no;
