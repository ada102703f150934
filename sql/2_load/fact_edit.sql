delete from fact_edit where article_id in (select article_id from night_text where not is_new);

insert into fact_edit by name
select * exclude (batch)
from stg_edit
semi join night_text using (batch, article_id);
