create table if not exists fact_edit (
    article_id bigint not null,
    edit_no integer not null,
    part varchar not null,
    raw_start integer not null,
    raw_end integer not null,
    raw_text varchar not null,
    replacement varchar not null,
    reason varchar not null
);

comment on table fact_edit is 'A change that cleaning made to the raw title or raw body of an article. Undone from the last to the first, they give the raw text back.';
comment on column fact_edit.article_id is 'The article.';
comment on column fact_edit.edit_no is 'Number within the article, from 1, in the order of the text, the title first; a mojibake edit before the others of its part.';
comment on column fact_edit.part is 'title or body.';
comment on column fact_edit.raw_start is 'First character, counted from 0 in the raw part; behind a mojibake edit, which spans the whole raw part, in its replacement.';
comment on column fact_edit.raw_end is 'Behind the last character.';
comment on column fact_edit.raw_text is 'What stood there.';
comment on column fact_edit.replacement is 'What stands there now; empty where it was removed. Of a mojibake edit: the whole part, read as it was meant, before the other edits.';
comment on column fact_edit.reason is 'The rule: paragraph_joiner, whitespace, invisible, markup, entity, presentation_form, mojibake (the whole part), boilerplate (a line of the page), glued_sentence …';
