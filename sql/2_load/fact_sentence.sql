delete from fact_sentence where article_id in (select article_id from night_text where not is_new);

insert into fact_sentence by name
select * exclude (batch)
from stg_sentence
semi join night_text using (batch, article_id)
order by article_id, sentence_no;
