-- Each word is of a sentence and of a written form.
select article_id, word_no, word_id
from fact_word
left join dim_word using (word_id)
left join fact_sentence using (article_id, sentence_no)
where form is null or sentence is null;
