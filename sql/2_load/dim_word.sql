set variable last_word_id = (select coalesce(max(word_id), 0) from dim_word);

insert into dim_word by name
select getvariable('last_word_id') + row_number() over (order by form)::integer as word_id, *
from (select distinct on (form) * from stg_lexeme)
anti join dim_word using (form)
order by form;
