insert into dim_word by name
select
    (select coalesce(max(word_id), 0) from dim_word) + row_number() over (order by form)::integer as word_id,
    *
from (select distinct on (form) * from stg_lexeme)
anti join dim_word using (form)
order by form;
