-- Sentences follow each other from 1; between them lies one blank, line break or nothing.
with neighbours as (
    select
        article_id, sentence_no, paragraph_no, char_start, char_end, load_id, char_count,
        lag(sentence_no, 1, 0) over article as no_before,
        lag(char_end, 1, 0) over article as end_before,
        lag(paragraph_no, 1, 0) over article as paragraph_before,
        row_number() over (partition by article_id order by sentence_no desc) = 1 as is_last
    from fact_sentence
    join fact_article using (article_id)
    where (getvariable('load_id') is null or load_id = getvariable('load_id')) and sentence_no > 0
    window article as (partition by article_id order by sentence_no)
)

select article_id, sentence_no, char_start, end_before
from neighbours
where
    sentence_no <> no_before + 1
    or char_start - end_before not in (0, 1)
    or paragraph_no - paragraph_before not in (0, 1)
    or (is_last and char_end <> char_count);
