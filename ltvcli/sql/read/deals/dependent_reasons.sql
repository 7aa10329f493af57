-- What a row is excluded for that depends on the others; of the copies of a deal the last one counts.
update deal_rows set reason = 'other-currency' where reason is null and currency <> $currency;

create or replace temp table deal_copies as
select
    deal,
    any_value(differs) as differs,
    any_value(is_lost) as is_lost,
    (arg_max({'commission': commission}, (sheet, record))).commission as commission,
    min(commission) as least,
    max(commission) as most,
    arg_max(sheet, (sheet, record)) as sheet,
    arg_max(record, (sheet, record)) as record
from (
    select
        *,
        count(distinct (
            coalesce(customer, ''), coalesce(email, ''), owner, signed, coalesce(commission, -1)
        )) over (partition by deal) > 1 as differs,
        deal in (select deal from deal_rows where reason = 'deal-not-won' and deal is not null) as is_lost
    from deal_rows
    where reason is null
)
group by deal;

update deal_rows set reason = 'duplicate-deal'
where reason is null and (sheet, record) not in (select (sheet, record) from deal_copies);

update deal_rows set reason = 'after-as-of' where reason is null and signed > $as_of;

create or replace temp view deals as
select deal, customer, email, owner, team, signed, value, commission, channel, plan
from deal_rows
where reason is null;
