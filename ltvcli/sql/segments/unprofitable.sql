-- Contribution of each customer to date: revenue less cost of goods, cost to serve and the CAC of the
-- segment. Cost of goods is that of the order if it is known and no margin was given, else it follows
-- from the margin. A customer is mature (seasoned) after $months full months. Sums are of decimals, so
-- that the order of customers changes nothing.
create or replace temp table contributions as
select
    customer_key,
    customer,
    customers.segment,
    customers.first,
    observed_months,
    observed_months >= $months as seasoned,
    orders,
    cast(cast(
        case when $margin_given then revenue * $margin
        else
            coalesce(costed_revenue - cost, 0)
            + (revenue - coalesce(costed_revenue, 0)) * $margin
        end
        - coalesce(serve, 0)
        - greatest(revenue, 0) * $serve_rate
        - coalesce(cac, 0)
        as double
    ) as decimal(28, 4)) as contribution
from customers
left join winning on winning.segment = customers.segment
where orders > 0;

select
    segment,
    seasoned,
    cast(count(*) as bigint) as customers,
    cast(count(case when contribution < 0 then 1 end) as bigint) as unprofitable,
    cast(coalesce(sum(case when contribution < 0 then contribution end), 0) as double) as contribution,
    cast(sum(contribution) as double) as net
from contributions
group by segment, seasoned
order by segment, seasoned;
