-- dim_date has every day of its years once, with weekday and names.
select year, count(*) as days
from dim_date
group by all
having
    days <> date_diff('day', make_date(year, 1, 1), make_date(year + 1, 1, 1))
    or count(distinct date_id) <> days
    or bool_or(weekday_no <> isodow(date_id) or iso_week <> weekofyear(date_id));
