-- Who came back in a period, each once, by the ages at which they did: what buyers.sql finds, from the bits of
-- visits.sql.
create or replace temp table period_buyers as
select number, period, youngest, oldest, cast(count(*) as bigint) as customers
from (
    select
        number,
        period,
        case when seen & case when age_month % 2 = 0 then even else odd end <> 0 then age_month else age_month + 1 end
            as youngest,
        case when seen & case when age_month % 2 = 0 then odd else even end <> 0 then age_month + 1 else age_month end
            as oldest
    from (
        select
            number,
            period,
            even,
            odd,
            seen,
            cast(floor(cast(greatest(days_between(first, begins), 0) as double) / 30.436875) as integer) as age_month
        from period_visits
        inner join period_members using (customer_key)
        inner join period_places as places
            on places.block = period_visits.block and period_visits.seen & (places.even + places.odd) <> 0
    ) as begun
) as returned
group by 1, 2, 3, 4;
