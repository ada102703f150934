-- The form that search compares, as transforms.normalize.fold makes it: NFKC, lower case, no marks, no tatweel,
-- interchanged letters made one, digits as 0-9. DuckDB knows NFC alone: of NFKC, the letters of another look that words
-- have are spelled out here; what stays as it is is named in 4_checks/dim_word_folds_alike.sql. All in one macro, so
-- that it can be called in an attached file.
create or replace macro fold(written) as
    case
        -- Translating a word takes longer than all the rest. Two words in three have nothing but letters that stay as
        -- they are, and most others have no more beside them than letters that are interchanged.
        when not regexp_matches(written, '[^ -@\[-~\x{0621}\x{0627}\x{0628}\x{062A}-\x{063A}\x{0641}-\x{0648}\x{064A}]')
        then written
        when not regexp_matches(written, '[^ -@\[-~\x{0621}-\x{063A}\x{0641}-\x{064A}]')
        then translate(written, 'أإآىةؤئ', 'ااايهوي')
        else translate(
            regexp_replace(
                lower(replace(
                    nfc_normalize(
                        case
                            -- Few words have such letters, and only they pay for the rules.
                            when regexp_matches(written, '[^\x{0001}-\x{00A7}\x{00AB}\x{00BB}\x{0600}-\x{0674}\x{0679}-\x{06FF}]')
                            then list_reduce(
                                -- letters that stand for several
                                [
                                    ['¨', ' ̈'], ['¯', ' ̄'], ['´', ' ́'], ['¸', ' ̧'], ['¼', '1⁄4'], ['½', '1⁄2'], ['¾', '3⁄4'], ['‥', '..'],
                                    ['…', '...'], ['″', '′′'], ['‴', '′′′'], ['‼', '!!'], ['⁇', '??'], ['⁈', '?!'], ['⁉', '!?'], ['℃', '°C'],
                                    ['℉', '°F'], ['№', 'No'], ['™', 'TM'], ['⅐', '1⁄7'], ['⅑', '1⁄9'], ['⅒', '1⁄10'], ['⅓', '1⁄3'], ['⅔', '2⁄3'],
                                    ['⅕', '1⁄5'], ['⅖', '2⁄5'], ['⅗', '3⁄5'], ['⅘', '4⁄5'], ['⅙', '1⁄6'], ['⅚', '5⁄6'], ['⅛', '1⁄8'], ['⅜', '3⁄8'],
                                    ['⅝', '5⁄8'], ['⅞', '7⁄8'], ['⅟', '1⁄'], ['Ⅱ', 'II'], ['Ⅲ', 'III'], ['Ⅳ', 'IV'], ['Ⅵ', 'VI'], ['Ⅶ', 'VII'],
                                    ['Ⅷ', 'VIII'], ['Ⅸ', 'IX'], ['Ⅺ', 'XI'], ['Ⅻ', 'XII'], ['ⅱ', 'ii'], ['ⅲ', 'iii'], ['ⅳ', 'iv'], ['ⅵ', 'vi'],
                                    ['ⅶ', 'vii'], ['ⅷ', 'viii'], ['ⅸ', 'ix'], ['ⅺ', 'xi'], ['ⅻ', 'xii'], ['ﬀ', 'ff'], ['ﬁ', 'fi'], ['ﬂ', 'fl'],
                                    ['ﬃ', 'ffi'], ['ﬄ', 'ffl'], ['ﬅ', 'st'], ['ﬆ', 'st'], ['ٵ', 'اٴ'], ['ٶ', 'وٴ'], ['ٷ', 'ۇٴ'], ['ٸ', 'يٴ'],
                                    ['ﻵ', 'لآ'], ['ﻶ', 'لآ'], ['ﻷ', 'لأ'], ['ﻸ', 'لأ'], ['ﻹ', 'لإ'], ['ﻺ', 'لإ'], ['ﻻ', 'لا'], ['ﻼ', 'لا']
                                ],
                                lambda text, pair: ['', replace(text[2], pair[1], pair[2])],
                                ['', translate(
                                    translate(
                                        translate(
                                            translate(
                                                written,
                                                -- raised and lowered letters and digits
                                                'ª²³µ¹ºʰʱʲʳʴʵʶʷʸˠˡˢˣˤ⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₔₕₖₗₘₙₚₛₜ‑․ⵯ',
                                                'a23μ1ohɦjrɹɻʁwyɣlsxʕ0i456789+−=()n0123456789+−=()aeoxəhklmnpst‐.ⵡ'
                                            ),
                                            -- Roman numerals
                                            'ⅠⅤⅩⅬⅭⅮⅯⅰⅴⅹⅼⅽⅾⅿ',
                                            'IVXLCDMivxlcdm'
                                        ),
                                        -- full-width forms
                                        '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐ'
                                        || 'ｑｒｓｔｕｖｗｘｙｚ｛｜｝～',
                                        '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmno'
                                        || 'pqrstuvwxyz{|}~'
                                    ),
                                    -- Arabic letters by their place in a word
                                    'ﭐﭑﭒﭓﭔﭕﭖﭗﭘﭙﭚﭛﭜﭝﭞﭟﭠﭡﭢﭣﭤﭥﭦﭧﭨﭩﭪﭫﭬﭭﭮﭯﭰﭱﭲﭳﭴﭵﭶﭷﭸﭹﭺﭻﭼﭽﭾﭿﮀﮁﮂﮃﮄﮅﮆﮇﮈﮉﮊﮋﮌﮍﮎﮏﮐﮑﮒﮓﮔﮕﮖﮗﮘﮙﮚﮛﮜﮝﮞﮟ'
                                    || 'ﮠﮡﮢﮣﮤﮥﮦﮧﮨﮩﮪﮫﮬﮭﮮﮯﮰﮱﯓﯔﯕﯖﯗﯘﯙﯚﯛﯜﯞﯟﯠﯡﯢﯣﯤﯥﯦﯧﯨﯩﯼﯽﯾﯿﺀﺁﺂﺃﺄﺅﺆﺇﺈﺉﺊﺋﺌﺍﺎﺏﺐﺑﺒﺓﺔﺕﺖﺗﺘﺙﺚﺛﺜﺝﺞﺟﺠﺡﺢﺣ'
                                    || 'ﺤﺥﺦﺧﺨﺩﺪﺫﺬﺭﺮﺯﺰﺱﺲﺳﺴﺵﺶﺷﺸﺹﺺﺻﺼﺽﺾﺿﻀﻁﻂﻃﻄﻅﻆﻇﻈﻉﻊﻋﻌﻍﻎﻏﻐﻑﻒﻓﻔﻕﻖﻗﻘﻙﻚﻛﻜﻝﻞﻟﻠﻡﻢﻣﻤﻥﻦﻧﻨﻩﻪﻫﻬﻭﻮﻯﻰﻱﻲﻳ'
                                    || 'ﻴ',
                                    'ٱٱٻٻٻٻپپپپڀڀڀڀٺٺٺٺٿٿٿٿٹٹٹٹڤڤڤڤڦڦڦڦڄڄڄڄڃڃڃڃچچچچڇڇڇڇڍڍڌڌڎڎڈڈژژڑڑککککگگگگڳڳڳڳڱڱڱڱںں'
                                    || 'ڻڻڻڻۀۀہہہہھھھھےےۓۓڭڭڭڭۇۇۆۆۈۈۋۋۅۅۉۉېېېېىىییییءآآأأؤؤإإئئئئااببببةةتتتتثثثثججججححح'
                                    || 'حخخخخددذذررززسسسسششششصصصصضضضضططططظظظظععععغغغغففففققققككككللللممممننننههههووىىييي'
                                    || 'ي'
                                )]
                            )[2]
                            else written
                        end
                    ),
                    'İ', 'i̇'
                )),
                '[\x{0610}-\x{061A}\x{064B}-\x{065F}\x{0670}\x{06D6}-\x{06DC}\x{06DF}-\x{06E4}\x{06E7}\x{06E8}\x{06EA}-\x{06ED}\x{0640}]',
                '', 'g'
            ),
            'أإآٱىیکةؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
            'ااااييكهوي01234567890123456789'
        )
    end;

comment on macro fold is 'fold(text): the form that search compares; fold(''الــكِتَابُ'') = ''الكتاب''.';
