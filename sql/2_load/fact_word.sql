delete from fact_word where article_id in (select article_id from night_text where not is_new);

create or replace temp table night_form as
select batch, form_no, word_id
from stg_form
join dim_word using (form);

insert into fact_word by name
select article_id, sentence_no, word_no, word_id, char_start, char_end
from stg_word
semi join night_text using (batch, article_id)
join night_form using (batch, form_no);
