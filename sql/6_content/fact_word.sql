select article_id, sentence_no, word_no, char_start, char_end, form from fact_word join dim_word using (word_id);
