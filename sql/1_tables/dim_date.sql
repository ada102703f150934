create table if not exists dim_date (
    date_id date not null,
    year smallint not null,
    quarter tinyint not null,
    month tinyint not null,
    day tinyint not null,
    iso_year smallint not null,
    iso_week tinyint not null,
    weekday_no tinyint not null,
    weekday_name_ar varchar not null,
    weekday_name_en varchar not null,
    month_name_ar varchar not null,
    month_name_levant varchar not null,
    month_name_maghreb varchar not null,
    hijri_year smallint,
    hijri_month tinyint,
    hijri_day tinyint,
    hijri_month_name varchar
);

comment on table dim_date is 'A day; every day of each year in which an article was published.';
comment on column dim_date.date_id is 'The day; joins with published_on.';
comment on column dim_date.year is 'Gregorian year.';
comment on column dim_date.quarter is 'Quarter of the year, 1 to 4.';
comment on column dim_date.month is 'Month, 1 to 12.';
comment on column dim_date.day is 'Day of the month.';
comment on column dim_date.iso_year is 'Year of the ISO week.';
comment on column dim_date.iso_week is 'ISO week, 1 to 53; weeks begin on Monday.';
comment on column dim_date.weekday_no is 'Weekday, 1 = Monday to 7 = Sunday.';
comment on column dim_date.weekday_name_ar is 'Weekday in Arabic: الاثنين.';
comment on column dim_date.weekday_name_en is 'Weekday in English.';
comment on column dim_date.month_name_ar is 'Month as Egypt and the Gulf say it: يناير.';
comment on column dim_date.month_name_levant is 'Month as the Levant and Iraq say it: كانون الثاني.';
comment on column dim_date.month_name_maghreb is 'Month as Tunisia and Algeria say it: جانفي.';
comment on column dim_date.hijri_year is 'Hijri year by Umm al-Qura; null outside its range (1343 to 1500 AH).';
comment on column dim_date.hijri_month is 'Hijri month, 1 = محرم to 12 = ذو الحجة; null outside the range.';
comment on column dim_date.hijri_day is 'Day of the Hijri month; null outside the range.';
comment on column dim_date.hijri_month_name is 'Name of the Hijri month; null outside the range.';
