-- How text becomes ids, numbers and days. `plain_` is for text that can be read only one way, and is
-- tried first on whole columns; the others are for columns in which a plain reading fails.

create or replace temp macro is_blank(t) as coalesce(trim(t) = '', true);

-- Ids are text. Words for nobody are no id; e-mail addresses are the same in any case.
create or replace temp macro is_nobody(t) as t in ('', '0', '0.0', '-', '--', '=""',
    'nan', 'NaN', 'NAN', 'null', 'Null', 'NULL', '(null)', 'none', 'None', 'NONE', 'nil', 'n/a', 'N/A', '#N/A', 'na',
    'NA', '<NA>', 'undefined', 'guest', 'Guest', 'GUEST', 'guest checkout', 'Guest Checkout', 'Guest checkout',
    'anonymous', 'Anonymous', 'ゲスト', 'ゲスト購入', '非会員', 'なし');
create or replace temp macro plain_id(t) as t;
create or replace temp macro tidy_id(t) as case
    when is_nobody(trim(t)) then null
    when contains(t, '@') then lower(trim(t))
    else trim(t)
end;
-- What a customer is told apart by: as written, but for what cannot be seen.
create or replace temp macro segment_value(t) as nfc_normalize(trim(
    regexp_replace(t, '[\x00-\x1f\x7f]', ' ', 'g'), '  ' || chr(12288) || chr(65279)));
create or replace temp macro order_id(t) as case when is_blank(t) then null else trim(t) end;

-- Numbers

create or replace temp macro is_plain_number(t) as
    coalesce(regexp_full_match(t, '-?\d{1,14}(\.\d{1,2})?|'), true);
create or replace temp macro plain_number(t) as try_cast(t as decimal(18, 4));

-- Digits, separators and a leading minus only: (50), 50-, △50, ¥５０ and 50円 all become -50 or 50.
create or replace temp macro bare_number(t) as
    regexp_replace(regexp_replace(regexp_replace(
        translate(t, '０１２３４５６７８９．，－（）＋　' || chr(160) || chr(8239) || chr(8201),
            '0123456789.,-()+    '),
        '[¥￥$€£円]|USD|EUR|GBP|JPY', '', 'g'),
        '^\s+|\s+$|[''’]', '', 'g'),
        '^[(](.*)[)]$|^(.*\d)\s?-$|^[-−–△▲]\s*(.*)$', '-\1\2\3');
create or replace temp macro has_point(x) as regexp_full_match(
    x, '[-+]?(\d+|[1-9]\d{0,2}((,\d{2,3})*,\d{3}|( \d{3})+))(\.\d*)?|[-+]?\.\d+|[-+]?\d+(\.\d+)?[eE][-+]?\d{1,2}');
create or replace temp macro has_comma(x) as regexp_full_match(
    x, '[-+]?(\d+|[1-9]\d{0,2}((\.\d{3})+|( \d{3})+))(,\d*)?|[-+]?,\d+');
create or replace temp macro point_number(t) as case
    when is_plain_number(t) then plain_number(t)
    when has_point(bare_number(t))
    then try_cast(replace(replace(bare_number(t), ',', ''), ' ', '') as decimal(18, 4)) end;
create or replace temp macro comma_number(t) as case when has_comma(bare_number(t))
    then try_cast(replace(replace(replace(bare_number(t), '.', ''), ' ', ''), ',', '.') as decimal(18, 4)) end;
create or replace temp macro symbol(t) as regexp_extract(t, '[¥￥$€£円]|USD|EUR|GBP|JPY');
create or replace temp macro symbol_code(t, dollar, yen) as case symbol(t)
    when '' then null when '$' then dollar when '¥' then yen when '￥' then yen when '円' then yen
    when '€' then 'EUR' when '£' then 'GBP' else symbol(t)
end;

-- Days

create or replace temp macro sane_day(d) as case when d between date '1980-01-01' and date '9999-12-30' then d end;
create or replace temp macro plain_day(t) as try_cast(t as date);
-- The day only, without what follows it: a weekday, a time, a zone.
create or replace temp macro bare_day(t) as regexp_replace(regexp_replace(
    translate(t, '０１２３４５６７８９／－：．　' || chr(160), '0123456789/-:.  '),
    '^\s*(=?"|'')?\s*|\s*"?\s*$', '', 'g'),
    '(\s*[(][^)]{1,9}[)])?((T|,?\s+|\s+at\s+)(午前|午後)?\d{1,2}[:時]\d{1,2}([:分](\d{1,2}(\.\d+)?秒?)?)?'
    || '(\s?[AaPp]\.?[Mm]\.?)?(\s*(Z|[+-]\d{2}(:?\d{2})?))?)?(\s*\b[A-Z]{2,5})?$', '');
create or replace temp macro is_ordered(x) as
    regexp_full_match(x, '\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}');
create or replace temp macro loose_day(x) as sane_day(coalesce(
    try_cast(regexp_replace(x, '^(\d{4})[-/.年 ]\s?(\d{1,2})[-/.月 ]\s?(\d{1,2})日?$', '\1-\2-\3') as date),
    try_cast(regexp_replace(x, '^(\d{4})(\d{2})(\d{2})(\s?\d{4}|\s?\d{6})?$', '\1-\2-\3') as date),
    cast(try_strptime(replace(replace(regexp_replace(x, '^[A-Za-z]{3,9},\s+', ''), ',', ' '), '  ', ' '),
        ['%d %b %Y', '%d %B %Y', '%b %d %Y', '%B %d %Y', '%d-%b-%Y', '%d-%B-%Y', '%d/%b/%Y', '%b-%d-%Y']) as date)));
create or replace temp macro day_first(t) as coalesce(loose_day(bare_day(t)), sane_day(try_cast(
    regexp_replace(bare_day(t), '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$', '\3-\2-\1') as date)));
create or replace temp macro month_first(t) as coalesce(loose_day(bare_day(t)), sane_day(try_cast(
    regexp_replace(bare_day(t), '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$', '\3-\1-\2') as date)));

-- Why an order is not used, if its rows gave no reason yet. A missing customer comes last, so that the
-- revenue without a customer is revenue that would have counted.
create or replace temp macro verdict(reason, customer, day, amount) as coalesce(reason, case
    when day is null then 'date-not-a-date'
    when amount is null then 'amount-not-a-number'
    when customer is null then 'no-customer'
end);
