-- The words of an article are numbered 1, 2, 3 … without a gap.
select article_id, count(*) as words, min(word_no) as first, max(word_no) as last
from fact_word
group by all
having first <> 1 or last <> words or count(distinct word_no) <> words;
