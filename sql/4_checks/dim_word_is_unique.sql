-- A written form stands once in dim_word, and so does its number.
select form, word_id
from dim_word
where
    form in (select form from dim_word group by form having count(*) > 1)
    or word_id in (select word_id from dim_word group by word_id having count(*) > 1);
