-- `mrr_moves` added up by month: `mrr_flows`; and by how many customers change on each day: `mrr_people`.
create or replace temp table mrr_flows as
select
    w.month,
    coalesce(sum(case when before = 0 and first_paid >= day then after end), 0) as new,
    coalesce(sum(case when before > 0 and after > before then after - before end), 0) as expansion,
    coalesce(sum(case when after > 0 and after < before then before - after end), 0)
        as contraction,
    coalesce(sum(case when before > 0 and after = 0 then before end), 0) as churn,
    coalesce(sum(case when before = 0 and first_paid < day then after end), 0) as reactivation,
    count(case when not here_before and here_after and first_here >= day then 1 end)
        as customers_new,
    count(case when here_before and not here_after then 1 end) as customers_churn,
    count(case when not here_before and here_after and first_here < day then 1 end)
        as customers_reactivation
from mrr_windows as w
left join mrr_moves as m on m.month = w.month
group by w.month;

create or replace temp table mrr_people as
select day, sum(cast(here_after as integer) - cast(here_before as integer)) as customers
from mrr_changes
where here_after <> here_before
group by day;
