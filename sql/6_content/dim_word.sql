select * exclude (word_id) from dim_word where word_id in (select word_id from fact_word);
