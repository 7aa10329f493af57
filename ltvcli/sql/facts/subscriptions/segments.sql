-- The segment of each customer in `customers`: that of the periods of the first paid day. Of several, those
-- with a value come first, then the one with the highest amount; codes go by the number of customers.
-- Customers who change plan later remain in the first: else some plans would hold only long-time ones.
create or replace temp table first_segments as
select customer, segment
from (
    select
        p.customer,
        coalesce(p.segment, '') as segment,
        row_number() over (
            partition by p.customer
            order by replace(coalesce(p.segment, ''), chr(31), '') = '', p.yearly desc, p.segment
        ) as place
    from periods as p
    inner join customers as c on c.customer = p.customer and c.first = p.start
    where
        p.state in ('paying', 'past-due')
        and p.yearly > 0
        and coalesce(p."end", date '9999-12-31') > p.start
) as ranked
where place = 1;

create or replace temp table segment_codes as
select
    segment,
    cast(
        row_number() over (order by replace(segment, chr(31), '') = '', members desc, revenue desc, segment) - 1
        as integer
    ) as code
from (
    select s.segment, count(*) as members, sum(c.revenue) as revenue
    from first_segments as s
    inner join customers as c on c.customer = s.customer
    group by s.segment
) as sizes;

update customers
set segment = segment_codes.code
from first_segments
inner join segment_codes on segment_codes.segment = first_segments.segment
where customers.customer = first_segments.customer;

select segment, '' as further from segment_codes order by code;
