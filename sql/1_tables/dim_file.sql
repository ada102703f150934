create table if not exists dim_file (
    file varchar not null,
    source_id varchar not null,
    size bigint not null,
    modified_at timestamp not null,
    fingerprint varchar,
    archive varchar,
    sha256 varchar,
    encoding varchar,
    form varchar,
    outcome varchar not null,
    article_count integer not null,
    load_id varchar not null,
    last_seen_load_id varchar not null
);

comment on table dim_file is 'A file of the landing, as it was when it was read last.';
comment on column dim_file.file is 'Path below the landing; a member of an archive is archive!member.';
comment on column dim_file.source_id is 'The entry of sources.toml that covers the file, else its folder.';
comment on column dim_file.size is 'Size in bytes; 0 where a web server does not tell it.';
comment on column dim_file.modified_at is 'Time of change, UTC, as the file system tells it; of a member, that of its archive.';
comment on column dim_file.fingerprint is 'ETag or version that the server tells; untold: it tells nothing and the file is fetched every night; unread: it failed and is asked again.';
comment on column dim_file.archive is 'The archive that the file is a member of; null for other files.';
comment on column dim_file.sha256 is 'SHA-256 of the bytes; null where they could not be read.';
comment on column dim_file.encoding is 'Encoding of the text; null for binary forms and for what is no text.';
comment on column dim_file.form is 'Form of the file: joined, paragraphs, ant, json, jsonl, csv, parquet, html; of an archive zip, tar, tar.gz, tar.zst, gz, zst; null where none was found.';
comment on column dim_file.outcome is 'loaded: at least one article; rejected: none; opened: an archive, whose members are files of their own; unchanged: read again, the same bytes.';
comment on column dim_file.article_count is 'Articles that the file gave.';
comment on column dim_file.load_id is 'The load that read the file last.';
comment on column dim_file.last_seen_load_id is 'The last load that saw the file in the landing.';
