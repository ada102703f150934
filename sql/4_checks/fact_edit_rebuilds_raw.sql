-- Undoing the edits gives the raw title and body back: their hash is raw_sha256.
-- The edits of a part with a mojibake edit lead to its replacement, which stands for its raw_text, the whole raw part.
with
part as (
    select article_id, unnest(['title', 'body']) as part, unnest([title, body]) as clean
    from dim_article
    semi join fact_edit using (article_id)
    where (getvariable('load_id') is null or load_id = getvariable('load_id'))
),

kept as (
    -- Where the clean text resumes behind each edit: the raw end, moved by all that the edits so far took away.
    select
        article_id, part, edit_no, raw_text,
        raw_end - sum(length(raw_text) - length(replacement)) over so_far as clean_end,
        length(replacement) as replaced
    from fact_edit
    semi join part using (article_id)
    where reason <> 'mojibake'
    window so_far as (partition by article_id, part order by edit_no)
),

stretch as (
    select
        article_id, part, edit_no, raw_text,
        coalesce(lag(clean_end) over so_far, 0)::bigint as from_char,
        (clean_end - replaced)::bigint as to_char,
        clean_end::bigint as clean_end
    from kept
    window so_far as (partition by article_id, part order by edit_no)
),

head as (
    select
        article_id, part,
        string_agg(substring(clean, from_char + 1, to_char - from_char) || raw_text, '' order by edit_no) as head,
        max(clean_end) as tail_from
    from part
    join stretch using (article_id, part)
    group by article_id, part
),

undone as (
    select
        article_id, part,
        coalesce(head, '') || substring(clean, coalesce(tail_from, 0) + 1) as text
    from part
    left join head using (article_id, part)
),

raw as (
    select
        article_id,
        max(if(text = replacement, raw_text, text)) filter (part = 'title') as title,
        max(if(text = replacement, raw_text, text)) filter (part = 'body') as body
    from undone
    left join (from fact_edit where reason = 'mojibake') as repair using (article_id, part)
    group by article_id
)

select article_id, file
from dim_article
left join raw using (article_id)
where
    (getvariable('load_id') is null or load_id = getvariable('load_id'))
    and sha256(coalesce(raw.title, dim_article.title) || chr(10) || coalesce(raw.body, dim_article.body)) <> raw_sha256;
