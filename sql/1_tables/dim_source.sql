create table if not exists dim_source (
    source_id varchar not null,
    source_name varchar not null,
    country_code varchar,
    time_zone varchar not null
);

comment on table dim_source is 'An outlet.';
comment on column dim_source.source_id is 'Short name of the outlet: its entry in sources.toml, else its folder in the landing.';
comment on column dim_source.source_name is 'Name of the outlet for people; the source_id where none is stated.';
comment on column dim_source.country_code is 'Country, ISO 3166 alpha-2; null where not stated.';
comment on column dim_source.time_zone is 'IANA time zone in which the outlet counts its days; UTC where not stated.';
