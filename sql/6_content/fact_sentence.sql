select * from fact_sentence;
