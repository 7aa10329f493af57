-- Rows that are not used, and why: their own reason comes before that of their order.
create or replace table excluded_rows as
with
    unused_orders as (
        select source, key, coalesce(all_orders.reason, dependent_reasons.reason) as reason
        from all_orders left join dependent_reasons using (sheet, record)
        where coalesce(all_orders.reason, dependent_reasons.reason) is not null
    ),
    refunded_orders as (
        select source, key, sheet_orders.sheet, sheet_orders.is_refund as folds
        from sheet_orders join all_orders using (source, key)
        where not all_orders.is_refund and (sheet_orders.is_refund or sheet_orders.refunds < 0)
    )
select * from (
    select records.sheet, records.record,
        case
            when row_reason is not null then row_reason
            when earlier_states.sheet is not null or repeated_refunds.sheet is not null then 'duplicate-order'
            when unused_orders.reason is not null then unused_orders.reason
            when refunded_orders.folds or refunded_orders.sheet is not null and not line and amount < 0
                then 'refund-folded'
        end as reason
    from records
    left join unused_orders using (source, key)
    left join refunded_orders using (source, key, sheet)
    left join earlier_states using (source, key, sheet)
    left join repeated_refunds using (sheet, record)
)
where reason is not null;
