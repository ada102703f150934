-- A written form stands once in dim_word, and so does its number.
select form, word_id
from dim_word
qualify count(*) over (partition by form) > 1 or count(*) over (partition by word_id) > 1;
