-- Whether the days of one sheet are all the first or the last of a month, or one day of the week.
select count(distinct first) as days, bool_and(day(first) = 1) as firsts,
    bool_and(first = last_day(first)) as lasts, count(distinct dayofweek(first)) as weekdays,
    bool_or(last > first) as longer
from spend_rows where sheet = $sheet and reason is null;
