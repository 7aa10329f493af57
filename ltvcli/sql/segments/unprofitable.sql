-- What each customer of `customers` left over so far: revenue less cost, cost to serve and what winning
-- a customer of the segment cost. What an order cost is taken from the order where it says so, unless
-- a margin was given, else from the margin. A customer is seasoned after `months` whole months. Sums are
-- of decimals, so that the order in which customers come moves nothing.
create or replace temp table winning as
select cast(unnest($segments) as integer) as segment, cast(unnest($cac) as double) as cac;

create or replace temp table contributions as
select
    customer,
    customers.segment,
    customers.first,
    observed_months,
    observed_months >= $months as seasoned,
    orders,
    cast(
        case when $margin_given then revenue * $margin
        else
            coalesce(costed_revenue - cost, 0)
            + (revenue - coalesce(costed_revenue, 0)) * $margin
        end
        - coalesce(serve, 0)
        - greatest(revenue, 0) * $serve_rate
        - coalesce(cac, 0)
        as decimal(28, 4)
    ) as contribution
from customers
left join winning on winning.segment = customers.segment
where orders > 0;

select
    segment,
    seasoned,
    cast(count(*) as bigint) as customers,
    cast(count(case when contribution < 0 then 1 end) as bigint) as minus,
    cast(coalesce(sum(case when contribution < 0 then contribution end), 0) as double) as contribution,
    cast(sum(contribution) as double) as net
from contributions
group by segment, seasoned
order by segment, seasoned;
