-- Customers of orders, kept by another engine, and of subscriptions, and which of them are the same: by
-- id, or else by an e-mail that is that of one customer only on each side.
create or replace temp table order_people as select customer, revenue from read_parquet($customers);
create or replace temp table order_emails as
select e.* from read_parquet($emails) as e semi join order_people as o on o.customer = e.customer;
create or replace temp table subscription_emails as
select distinct e.* from emails as e semi join customers as c on c.customer = e.customer;

create or replace temp table same_by_id as
select customer from order_people semi join customers using (customer);

create or replace temp table same_email as
select distinct
    o.customer as orders,
    s.customer as subscriptions,
    o.sharing = 1 and s.sharing = 1 as is_clear
from (select *, count(*) over (partition by email) as sharing from order_emails) as o
inner join (select *, count(*) over (partition by email) as sharing from subscription_emails) as s
    on s.email = o.email
where
    o.customer not in (select customer from same_by_id)
    and s.customer not in (select customer from same_by_id);

create or replace temp table same_by_email as
select orders, subscriptions
from (
    select
        *,
        count(*) over (partition by orders) as matches,
        count(*) over (partition by subscriptions) as matched
    from (select distinct orders, subscriptions from same_email where is_clear) as pairs
) as clear
where matches = 1 and matched = 1;

create or replace temp table combined as
with
    same as (
        select customer as orders, customer as subscriptions from same_by_id
        union all
        select orders, subscriptions from same_by_email
    ),
    sides as (
        select o.customer, same.subscriptions, o.revenue
        from order_people as o
        left join same on same.orders = o.customer
    )
select
    case
        when o.customer is null then 'subscriptions-only'
        when s.customer is null then 'orders-only'
        else 'both'
    end as bought,
    o.revenue as order_revenue,
    s.revenue as subscription_revenue
from sides as o
full join customers as s on s.customer = o.subscriptions;
