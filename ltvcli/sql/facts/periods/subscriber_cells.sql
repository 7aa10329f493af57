-- Subscribers by period and age: one row per customer, calendar month (12 * year + month - 1), or week (from
-- Monday 1900-01-01) if $weekly, and month of age. `alive_days` are paid days of the lifetime, breaks
-- included; `risk_days` also the day of leaving, the first one not paid, on which `is_leaving`. No period is
-- longer than a month of age, so that a customer has two ages in it at most: that at its start (part 0) and
-- the next (part 1). The customers are those of one block of $blocks: all at once would take much memory.
create or replace temp table subscriber_cells as
select
    customer,
    segment,
    bucket,
    period,
    age + part as age_month,
    from_day - first as from_age,
    to_day - first as to_age,
    to_day - from_day + 1 as risk_days,
    greatest(least(to_day, last - 1) - from_day + 1, 0) as alive_days,
    last between from_day and to_day as is_leaving
from (
    select
        *,
        case when part = 0 then begins else first + cast(ceil((age + 1) * 30.436875) as integer) end as from_day,
        case
            when part = 0 then least(ends, first + cast(ceil((age + 1) * 30.436875) as integer) - 1)
            else ends
        end as to_day
    from (
        select
            *,
            cast(floor((begins - first) / 30.436875) as integer) as age
        from (
            select
                *,
                case
                    when $weekly then greatest(first, date '1900-01-01' + 7 * period)
                    else greatest(first, make_date(period // 12, period % 12 + 1, 1))
                end as begins,
                case
                    when $weekly then least(until, date '1900-01-01' + 7 * period + 6)
                    else least(until, make_date((period + 1) // 12, (period + 1) % 12 + 1, 1) - 1)
                end as ends
            from (
                select
                    customer,
                    segment,
                    bucket,
                    first,
                    last,
                    least(last, $as_of) as until,
                    cast(
                        unnest(
                            case
                                when $weekly then generate_series(
                                    (first - date '1900-01-01') // 7,
                                    (least(last, $as_of) - date '1900-01-01') // 7
                                )
                                else generate_series(
                                    cohort,
                                    cast(
                                        12 * extract(year from least(last, $as_of))
                                        + extract(month from least(last, $as_of)) - 1 as integer
                                    )
                                )
                            end
                        ) as integer
                    ) as period
                from customers
                where bucket % $blocks = $block
            ) as periods
        ) as bounded
    ) as aged
    cross join (select cast(unnest(generate_series(0, 1)) as integer) as part) as parts
) as cut
where from_day <= to_day;

-- Revenue of a cell is the monthly amount times the share of the days of the month of age on which it was
-- paid. Over all months of a customer it is what the triangle adds up.
with
    revenues as (
        select
            cells.segment,
            cells.period,
            cells.age_month,
            cells.bucket,
            sum(
                cast(
                    paid.yearly
                    * (least(paid.to_day, cells.to_age + 1) - greatest(paid.from_day, cells.from_age))
                    / (12 * (ceil((cells.age_month + 1) * 30.436875) - ceil(cells.age_month * 30.436875)))
                    as decimal(38, 12)
                )
            ) as revenue
        from subscriber_cells as cells
        inner join paid
            on paid.customer = cells.customer
            and paid.from_day <= cells.to_age
            and paid.to_day > cells.from_age
        group by 1, 2, 3, 4
    ),
    people as (
        select
            segment,
            period,
            age_month,
            bucket,
            count(*) as customers,
            sum(alive_days) as alive_days,
            sum(risk_days) as risk_days,
            count(case when is_leaving then 1 end) as leavers
        from subscriber_cells
        group by 1, 2, 3, 4
    )
select
    people.segment,
    cast(people.period as integer) as month,
    cast(people.age_month as integer) as age_month,
    people.bucket,
    cast(people.customers as bigint) as customers,
    cast(people.alive_days as bigint) as alive_days,
    cast(people.risk_days as bigint) as risk_days,
    cast(people.leavers as bigint) as leavers,
    cast(coalesce(revenues.revenue, 0) as double) as revenue
from people
left join revenues
    on revenues.segment = people.segment
    and revenues.period = people.period
    and revenues.age_month = people.age_month
    and revenues.bucket = people.bucket
order by 1, 2, 3, 4;
