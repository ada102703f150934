-- The slice of body or title equals the sentence.
select article_id, sentence_no, char_start, char_end, sentence
from fact_sentence
join dim_article using (article_id)
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and (
        char_start < 0
        or char_start >= char_end
        or sentence is distinct from substring(if(sentence_no = 0, title, body), char_start + 1, char_end - char_start)
    );
