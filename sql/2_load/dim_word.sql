-- Where the lexicon changed since the last load, the known words as it reads them now.
update dim_word
set
    folded = relexed.folded,
    kind = relexed.kind,
    proclitics = relexed.proclitics,
    stem = relexed.stem,
    enclitics = relexed.enclitics,
    lemma = relexed.lemma,
    lemma_source = relexed.lemma_source,
    root = relexed.root,
    root_source = relexed.root_source,
    pos = relexed.pos,
    is_stopword = relexed.is_stopword
from stg_relexed as relexed
where dim_word.form = relexed.form;

set variable last_word_id = (select coalesce(max(word_id), 0) from dim_word);

-- Claims look at the forms behind this one: at all of them where the lexicon changed.
set variable known_word_id = if(exists (from stg_relexed), 0, getvariable('last_word_id'));

-- Forms that only texts have which are not loaded: of an older delivery, or of an article that was taken down.
create or replace temp table night_unused_form as
with unloaded as (
    select form, count(*) as word_count
    from stg_word
    anti join night_text using (batch, article_id)
    join stg_form using (batch, form_no)
    group by form
)

select form
from unloaded
join stg_form using (form)
group by form, unloaded.word_count
having sum(stg_form.word_count) = unloaded.word_count;

-- Those are left out, and the others come in order: rows that are taken back, and runs of rows that threads leave half
-- full, would make DuckDB write the table twice.
insert into dim_word by name
select getvariable('last_word_id') + word_no as word_id, * exclude (word_no)
from stg_lexeme
anti join dim_word using (form)
anti join night_unused_form using (form)
order by word_id;
