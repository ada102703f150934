-- Each word is of a sentence and of a written form.
select article_id, word_no, word_id from fact_word anti join dim_word using (word_id)
union all
select article_id, word_no, word_id from fact_word anti join fact_sentence using (article_id, sentence_no);
