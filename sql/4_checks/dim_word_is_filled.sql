-- A written form is not empty, has no blank and is of a known kind.
select word_id, form, kind
from dim_word
where
    word_id > coalesce(getvariable('known_word_id'), 0)
    and (
        form = '' or contains(form, ' ') or contains(form, chr(10)) or kind is null
        or kind not in ('arabic', 'latin', 'number', 'hashtag', 'url', 'punctuation', 'other')
    );
