-- Customers who pay at the end of $as_of, by segment, month of the first paid day and whole months since:
-- their MRR, its sum of squares, and what they paid on the days after it up to $until.
with
    standing as (
        select
            c.customer,
            min(c.segment) as segment,
            min(c.cohort) as cohort,
            min(cast(datesub('month', c.first, $as_of) as integer)) as renewals,
            sum(p.yearly) as yearly
        from paid as p
        inner join customers as c on c.customer = p.customer
        where p.stop > $as_of
        group by c.customer
    ),
    ahead as (
        select
            customer,
            sum(
                cast(
                    yearly * (
                        least(coalesce("end", date '9999-12-31'), $until + 1) - greatest(start, $as_of + 1)
                    ) as decimal(38, 4)
                )
            ) as money_days,
            max(case when start <= $until and coalesce("end", date '9999-12-31') > $until then 1 else 0 end) as stays
        from periods
        where
            state in ('paying', 'past-due')
            and yearly > 0
            and start <= $until
            and coalesce("end", date '9999-12-31') > greatest(start, $as_of + 1)
        group by customer
    )
select
    segment,
    cohort,
    renewals,
    cast(count(*) as bigint) as customers,
    per_month(sum(yearly)) as mrr,
    cast(sum(cast(yearly as decimal(38, 4)) * yearly) as double) / 144 as mrr_squared,
    cast(coalesce(sum(money_days), 0) as double) / (12 * 30.436875) as paid_ahead,
    cast(coalesce(sum(stays), 0) as bigint) as stay
from standing
left join ahead using (customer)
group by 1, 2, 3
order by 1, 2, 3;
