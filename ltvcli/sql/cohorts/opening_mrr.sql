-- What customers paid a month on their first paid day, by cohort, months observed and bucket.
select
    cohort,
    observed_months,
    bucket,
    per_month(sum(yearly)) as mrr
from paid
inner join customers using (customer)
where from_day = 0
group by 1, 2, 3
order by 1, 2, 3;
