-- The form that search compares, as transforms.normalize.fold makes it: lower case, no marks, no tatweel,
-- interchanged letters made one, digits as 0-9. NFKC is unknown here: of its changes only the four letters with a
-- high hamza, each of which becomes two, can stand in an Arabic word of the warehouse.
create or replace macro fold(written) as
    translate(
        regexp_replace(
            replace(replace(replace(replace(nfc_normalize(lower(written)), 'ٵ', 'اٴ'), 'ٶ', 'وٴ'), 'ٷ', 'ۇٴ'), 'ٸ', 'يٴ'),
            '[\x{064B}-\x{0655}\x{0670}\x{0640}]', '', 'g'
        ),
        'أإآٱىیکةؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
        'ااااييكهوي01234567890123456789'
    );

comment on macro fold is 'fold(text): the form that search compares; fold(''الــكِتَابُ'') = ''الكتاب''.';
