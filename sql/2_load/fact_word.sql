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

-- New words of texts that are not loaded: of an older delivery, or of an article that was taken down.
create or replace temp table night_unloaded as
select distinct word_id
from stg_word
anti join night_text using (batch, article_id)
join night_form using (batch, form_no)
where word_id > getvariable('last_word_id');

delete from dim_word
where word_id in (
    from night_unloaded
    anti join (select word_id from fact_word semi join night_unloaded using (word_id)) using (word_id)
);
