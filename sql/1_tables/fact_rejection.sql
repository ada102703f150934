create table if not exists fact_rejection (
    load_id varchar not null,
    rejection_no integer not null,
    source_id varchar not null,
    file varchar not null,
    locator varchar not null,
    reason varchar not null,
    detail varchar not null,
    excerpt varchar not null,
    file_sha256 varchar,
    resolved_load_id varchar
);

comment on table fact_rejection is 'A file or record that could not be used.';
comment on column fact_rejection.load_id is 'The load that met it.';
comment on column fact_rejection.rejection_no is 'Number within the load, from 1.';
comment on column fact_rejection.source_id is 'The outlet.';
comment on column fact_rejection.file is 'The file.';
comment on column fact_rejection.locator is 'Number of the record or line in the file; empty where the whole file is meant.';
comment on column fact_rejection.reason is 'Name of the fault: no_text, not_arabic, undecodable, not_text, bad_record …';
comment on column fact_rejection.detail is 'The fault in words.';
comment on column fact_rejection.excerpt is 'How the text begins, where there is any; empty for an outlet of which an article was taken down.';
comment on column fact_rejection.resolved_load_id is 'The load that could use it, or met it again; null while it is open.';
comment on column fact_rejection.file_sha256 is 'SHA-256 of the file; null where it could not be read.';
