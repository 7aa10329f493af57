-- What only spend has: totals, months and periods in a cell, amounts that are not reported.

create or replace temp macro not_reported(t) as
    coalesce(trim(t) in ('', '-', '--', '---', '–', '—', 'n/a', 'N/A', 'NA', 'null', 'NULL', 'None', 'nan', 'NaN'), true);

create or replace temp macro month_start(d) as cast(date_trunc('month', d) as date);

-- 2026-09, 2026/9, 202609, 2026年9月, 09/2026, Sep 2026, September 2026: the first of that month.
create or replace temp macro bare_month(t) as trim(translate(t, '０１２３４５６７８９／－．　' || chr(160), '0123456789/-.  '));
create or replace temp macro spend_month(t) as sane_day(case
    when regexp_full_match(bare_month(t), '\d{4}([-/.年 ]\s?(0?[1-9]|1[0-2])|(0[1-9]|1[0-2]))\s?月?[度分]?')
    then try_cast(regexp_replace(bare_month(t), '^(\d{4})[-/.年 ]?\s?(\d{1,2})\s?月?[度分]?$', '\1-\2-01') as date)
    when regexp_full_match(bare_month(t), '(0?[1-9]|1[0-2])[-/.]\d{4}')
    then try_cast(regexp_replace(bare_month(t), '^(\d{1,2})[-/.](\d{4})$', '\2-\1-01') as date)
    else named_month(bare_month(t))
end);

-- 2026-09-01 - 2026-09-07, 2026/09/01～2026/09/07: the first and the last day.
create or replace temp macro period_pattern() as
    '^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(?:[-–—~〜～]|\.\.|to)\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$';
create or replace temp macro period_first(t) as case when regexp_matches(bare_month(t), period_pattern())
    then sane_day(try_cast(regexp_replace(bare_month(t), period_pattern(), '\1-\2-\3') as date)) end;
create or replace temp macro period_last(t) as case when regexp_matches(bare_month(t), period_pattern())
    then sane_day(try_cast(regexp_replace(bare_month(t), period_pattern(), '\4-\5-\6') as date)) end;
