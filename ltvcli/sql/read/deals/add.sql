-- A stage may name its pipeline, too: "Closed won (Sales pipeline)".
insert into deal_rows
select
    $sheet, record, deal, customer, email, owner, team, signed, value, commission, channel, plan, stage, currency,
    case
        when $has_stage and not is_won then 'deal-not-won'
        when deal is null then 'no-deal'
        when signed is null then 'date-not-a-date'
        when is_unreadable then 'amount-not-a-number'
        when commission < 0 then 'commission-below-zero'
    end
from (
    select
        rowid as record, *,
        list_contains($won, stage_key(stage))
        or list_contains($won, stage_key(regexp_replace(narrow(stage), '\s*[(\[].*[)\]]\s*$', ''))) as is_won
    from deal_table
);
