-- A written form stands once in dim_word, and so does its number.
with looked_at as (
    select form, word_id from dim_word where word_id > coalesce(getvariable('known_word_id'), 0)
)

select form, word_id
from dim_word
where
    form in (select form from dim_word semi join looked_at using (form) group by form having count(*) > 1)
    or word_id in (select word_id from dim_word semi join looked_at using (word_id) group by word_id having count(*) > 1);
