create table if not exists dim_word (
    word_id integer not null,
    form varchar not null,
    folded varchar not null,
    kind varchar not null,
    proclitics varchar,
    stem varchar,
    enclitics varchar,
    lemma varchar,
    lemma_source varchar,
    root varchar,
    root_source varchar,
    pos varchar,
    is_stopword boolean not null
);

comment on table dim_word is 'A distinct written form.';
comment on column dim_word.word_id is 'Number of the form in this warehouse.';
comment on column dim_word.form is 'The form as written, marks and tatweel included.';
comment on column dim_word.folded is 'fold(form): what search compares.';
comment on column dim_word.kind is 'arabic, latin, number, hashtag, url, punctuation, other.';
comment on column dim_word.proclitics is 'Clitics before the stem, joined by +: «وبالكتاب» → و+ب.';
comment on column dim_word.stem is 'The form without clitics; ال is part of it.';
comment on column dim_word.enclitics is 'Pronouns behind the stem: «كتابها» → ها.';
comment on column dim_word.lemma is 'Dictionary form; null where unknown.';
comment on column dim_word.lemma_source is 'dictionary, or stem where the stem itself is taken.';
comment on column dim_word.root is 'Root letters; null where unknown.';
comment on column dim_word.root_source is 'How the root was found.';
comment on column dim_word.pos is 'noun, verb, particle; null where unknown.';
comment on column dim_word.is_stopword is 'Whether the form is a function word that says little of the topic.';
