-- What only subscriptions have: months, periods, the smallest units of currencies.

-- 2025-01, 2025/1, 202501, 2025年1月, 01/2025, Jan 2025 or a day: the first of that month.
create or replace temp macro month_start(d) as cast(date_trunc('month', d) as date);
create or replace temp macro month_only(t) as month_start(sane_day(coalesce(
    try_cast(t || '-01' as date), plain_day(t),
    try_cast(regexp_replace(bare_day(t), '^(\d{4})[-/.年 ]\s?(0?[1-9]|1[0-2])月?[度分]?$', '\1-\2-01') as date),
    try_cast(regexp_replace(bare_day(t), '^(\d{4})(0[1-9]|1[0-2])月?[度分]?$', '\1-\2-01') as date),
    try_cast(regexp_replace(bare_day(t), '^(0?[1-9]|1[0-2])[-/.](\d{4})$', '\2-\1-01') as date),
    named_month(bare_day(t)))));

-- Whole months if a period is within three days of them, else its days: 28 to 33 days are a month.
create or replace temp macro months_between(a, b) as case
    when round((b - a) / 30.436875) >= 1 and abs((b - a) - round((b - a) / 30.436875) * 30.436875) <= 3
    then round((b - a) / 30.436875)
    else (b - a) / 30.436875
end;

-- What an amount for months, or else for days, is for twelve months. It is kept for so long because a twelfth
-- of it is no decimal number: a month of a plan of 290 a year is 24.1666..., and only a sum is divided.
create or replace temp macro yearly_amount(amount, months, days) as try_cast(
    amount * 12 / nullif(case when months > 0 then months else days / 30.436875 end, 0) as decimal(18, 4));

-- When the period billed last began, for a subscription billed from `a` on and running on day `d`.
create or replace temp macro last_billed(a, months, days, d) as case
    when a is null or d is null or d <= a then a
    when months > 0 then cast(a + to_months(cast(floor(datesub('month', a, d) / months) * months as integer)) as date)
    when days > 0 then a + cast(floor((d - a) / days) * days as integer)
    else a
end;
create or replace temp macro next_billed(a, months, days) as
    cast(a + to_months(cast(months as integer)) + to_days(cast(days as integer)) as date);
-- When the period began that ends on `b`, in a subscription that began on `a`.
create or replace temp macro period_before(a, b, months, days) as case when b > a and months + days > 0
    then greatest(a, cast(b - to_months(cast(months as integer)) - to_days(cast(days as integer)) as date)) end;

-- A year of 2099 or later is a way to write that there is no end.
create or replace temp macro real_end(d) as case when d < date '2099-01-01' then d end;

-- Tenure counts back from the as-of date, in months of 30.436875 days; who has left, left on that date.
create or replace temp macro tenure_start(months, as_of, has_left) as case when months between 0 and 1200 then
    as_of - greatest(cast(ceil(months * 30.436875) as integer), 1) + case when has_left then 0 else 1 end end;

-- An end that is no end. A subscription that is said to run has not ended on the day on which it
-- was cancelled; one that renews does not end on the day until which it is paid:
--   active, canceled_at 2026-03-01    asked for 2026-03-01, runs on
--   active, expires_at 2026-04-05     paid until 2026-04-05, runs on, if every active row has one
create or replace temp macro is_asked(stop, leaves, status) as coalesce(
    not leaves and status in ('paying', 'past-due') and stop <= getvariable('subscriptions_newest'), false);
create or replace temp macro is_paid_until(stop, renews, asked, status) as coalesce(
    renews and asked is null and status in ('paying', 'past-due') and stop > getvariable('subscriptions_newest'), false);
