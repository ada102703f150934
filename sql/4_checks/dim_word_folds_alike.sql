-- The macro fold gives what the transforms folded.
select word_id, form, folded, fold(form) as by_macro
from dim_word
where kind = 'arabic' and folded <> by_macro;
