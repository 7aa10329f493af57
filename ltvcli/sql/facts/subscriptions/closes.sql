-- Paying customers and MRR at the end of each of seven days, and how many of these customers no longer
-- pay at the end of the next of them, by bucket. A day may be missing.
with
    paying as (
        select
            customer,
            list_value(
                sum(case when began <= $days[1] and stop > $days[1] then yearly end),
                sum(case when began <= $days[2] and stop > $days[2] then yearly end),
                sum(case when began <= $days[3] and stop > $days[3] then yearly end),
                sum(case when began <= $days[4] and stop > $days[4] then yearly end),
                sum(case when began <= $days[5] and stop > $days[5] then yearly end),
                sum(case when began <= $days[6] and stop > $days[6] then yearly end),
                sum(case when began <= $days[7] and stop > $days[7] then yearly end)
            ) as yearly
        from (select customer, first + cast(from_day as integer) as began, stop, yearly from paid) as p
        group by customer
    ),
    days as (select cast(unnest(generate_series(1, 7)) as integer) as n)
select
    segment,
    cast($days[n] as date) as day,
    bucket,
    cast(count(*) as bigint) as customers,
    cast(count(case when yearly[n + 1] is null then 1 end) as bigint) as gone,
    per_month(sum(yearly[n])) as mrr
from paying
inner join customers using (customer)
cross join days
where yearly[n] is not null
group by 1, 2, 3
order by 1, 2, 3;
