-- The form that search compares, as transforms.normalize.fold makes it: lower case, no marks, no tatweel,
-- interchanged letters made one, digits as 0-9.
create or replace macro fold(written) as
    translate(
        regexp_replace(nfc_normalize(lower(written)), '[\x{064B}-\x{0655}\x{0670}\x{0640}]', '', 'g'),
        'أإآٱىیکةؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
        'ااااييكهوي01234567890123456789'
    );

comment on macro fold is 'fold(text): the form that search compares; fold(''الــكِتَابُ'') = ''الكتاب''.';
