-- Concordance: every occurrence of a word with what stands around it in its sentence.
create or replace macro kwic(word) as table
select
    substring(sentence, 1, fact_word.char_start - fact_sentence.char_start) as "left",
    form as key,
    substring(sentence, fact_word.char_end - fact_sentence.char_start + 1) as "right",
    title as article,
    source_name as outlet,
    published_on as day,
    article_id,
    sentence_no,
    word_no
from dim_word
join fact_word using (word_id)
join fact_sentence using (article_id, sentence_no)
join dim_article using (article_id)
join dim_source using (source_id)
where folded = fold(word)
order by day, article_id, word_no;

comment on macro table kwic is 'kwic(word): each occurrence of a word with its left and right, article, outlet, day.';
