select form from dim_word anti join fact_word using (word_id)
