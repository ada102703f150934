-- The words of each sentence, in their order.
select sentence_no, string_agg(form, '|' order by word_no) as words
from fact_word
join dim_word using (word_id)
group by all
