-- Undoing the edits gives the raw title and body back: their hash is raw_sha256.
-- The edits of a part with a mojibake edit lead to its replacement, which stands for its raw_text, the whole raw part.
with
part as (
    select article_id, unnest(['title', 'body']) as part, unnest([title, body]) as clean
    from dim_article
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
        coalesce(lag(clean_end) over so_far, 0) as from_char,
        clean_end - replaced as to_char,
        clean_end
    from kept
    window so_far as (partition by article_id, part order by edit_no)
),

rebuilt as (
    select
        article_id, part, clean,
        string_agg(substring(clean, from_char::bigint + 1, (to_char - from_char)::bigint) || raw_text, '' order by edit_no) as head,
        coalesce(max(clean_end), 0) as tail_from
    from part
    left join stretch using (article_id, part)
    group by all
),

unedited as (
    select article_id, part, coalesce(head, '') || substring(clean, tail_from::bigint + 1) as text
    from rebuilt
),

repair as (
    select article_id, part, raw_text, replacement
    from fact_edit
    where reason = 'mojibake'
),

raw as (
    select
        article_id,
        string_agg(case when text = replacement then raw_text else text end, chr(10) order by part desc) as raw
    from unedited
    left join repair using (article_id, part)
    group by all
)

select article_id, file
from raw
join dim_article using (article_id)
where sha256(raw) <> raw_sha256;
