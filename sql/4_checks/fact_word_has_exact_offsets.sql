-- A word lies in its sentence, and the slice of the sentence equals the written form.
with
checked as (
    select article_id from dim_article where (getvariable('load_id') is null or load_id = getvariable('load_id'))
),

sentence as (from fact_sentence semi join checked using (article_id))

select article_id, word_no, form, word.char_start, word.char_end
from fact_word as word
join sentence using (article_id, sentence_no)
join dim_word using (word_id)
where
    word.char_start < sentence.char_start
    or word.char_end > sentence.char_end
    or word.char_start >= word.char_end
    or form is distinct from substring(
        sentence.sentence,
        -- Counted from the nearer end of the sentence: from the front alone the claim takes a third longer.
        if(
            word.char_start - sentence.char_start < sentence.char_end - word.char_end,
            word.char_start - sentence.char_start + 1,
            word.char_start - sentence.char_end
        ),
        word.char_end - word.char_start
    );
