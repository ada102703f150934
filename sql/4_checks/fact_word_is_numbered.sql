-- The words of an article are numbered 1, 2, 3 … without a gap.
select article_id, count(*) as words, min(word_no) as first, max(word_no) as last
from fact_word
join dim_article using (article_id)
where (getvariable('load_id') is null or load_id = getvariable('load_id'))
group by article_id
having
    first <> 1
    or last <> words
    -- Together with the two above, sum and sum of squares leave no room for one number twice and another missing.
    or sum(word_no) <> words * (words + 1) // 2
    or sum(word_no::bigint * word_no) <> words * (words + 1) * (2 * words + 1) // 6;
