-- A word lies in its sentence, and the slice of the sentence equals the written form.
select article_id, word_no, form, fact_word.char_start, fact_word.char_end
from fact_word
join dim_word using (word_id)
join fact_sentence using (article_id, sentence_no)
join dim_article using (article_id)
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and (
        fact_word.char_start < fact_sentence.char_start
        or fact_word.char_end > fact_sentence.char_end
        or fact_word.char_start >= fact_word.char_end
        or form is distinct from substring(
            sentence,
            -- Counted from the nearer end of the sentence: from the front alone the claim takes a third longer.
            if(
                fact_word.char_start - fact_sentence.char_start < fact_sentence.char_end - fact_word.char_end,
                fact_word.char_start - fact_sentence.char_start + 1,
                fact_word.char_start - fact_sentence.char_end
            ),
            fact_word.char_end - fact_word.char_start
        )
    );
