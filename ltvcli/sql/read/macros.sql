-- How text becomes ids, numbers and days. `plain_` is for text that can be read only one way, and is
-- tried first on whole columns; the others are for columns in which a plain reading fails.

-- Without spaces at both ends: of text without any, at less cost.
create or replace temp macro trimmed(t) as
    case when strlen(t) = length(t) and not contains(t, ' ') then t else trim(t) end;
create or replace temp macro is_blank(t) as coalesce(trim(t) = '', true);

-- Ids are text. Words for nobody are no id; e-mail addresses are the same in any case.
create or replace temp macro is_nobody(t) as t in ('', '0', '0.0', '-', '--', '=""',
    'nan', 'NaN', 'NAN', 'null', 'Null', 'NULL', '(null)', 'none', 'None', 'NONE', 'nil', 'n/a', 'N/A', '#N/A', 'na',
    'NA', '<NA>', 'undefined', 'guest', 'Guest', 'GUEST', 'guest checkout', 'Guest Checkout', 'Guest checkout',
    'anonymous', 'Anonymous', 'ゲスト', 'ゲスト購入', '非会員', 'なし');
create or replace temp macro plain_id(t) as t;
-- Full-width letters and digits as ASCII, spaces of any kind as spaces, without marks of no width.
create or replace temp macro narrow(t) as translate(t,
    '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8201) || chr(8239) || chr(12288)
        || chr(8203) || chr(65279),
    '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~' || '       ');
-- What spreadsheets and data frames make of an id: 17850.0 of 17850, ="0012" and '0012 of 0012.
create or replace temp macro unwrapped(t) as
    trim(regexp_replace(t, '^="(.*)"$|^''(\d+)$|^(\d+)\.00?$', '\1\2\3'));
create or replace temp macro clean_id(t) as case
    when strlen(t) <> length(t) or contains(t, chr(9)) then unwrapped(trim(narrow(t)))
    when contains(t, '.0') or contains(t, '=') or contains(t, '''') then unwrapped(trim(t))
    when contains(t, ' ') then trim(t)
    else t
end;
create or replace temp macro tidied_id(t, clean) as case
    when is_nobody(clean) then null
    when contains(t, '@') or contains(t, '＠') then lower(clean)
    else clean
end;
create or replace temp macro tidy_id(t) as tidied_id(t, clean_id(t));
-- Whether an ID is certainly written as tidy_id writes it, and is no word for a sum: cus_Na9Q, 1041.
create or replace temp macro is_tidy_id(t) as regexp_full_match(t, '[0-9A-Za-z]*_[0-9A-Za-z_-]*|[1-9][0-9]*');
create or replace temp macro order_id(t) as nullif(clean_id(t), '');
-- Ids whose last digits a spreadsheet has lost: 5.83871E+17, and 583871000000000000 of 15 digits kept.
create or replace temp macro is_scientific(t) as contains(t, '+') and regexp_full_match(t, '\d([.,]\d+)?[eE]\+\d{1,3}');
create or replace temp macro is_rounded(t) as ends_with(t, '000') and regexp_full_match(t, '\d{15}0{3,}');
-- A value that segments customers: as written, without invisible characters.
create or replace temp macro segment_value(t) as nfc_normalize(trim(
    regexp_replace(t, '[\x00-\x1f\x7f]', ' ', 'g'), '  ' || chr(12288) || chr(65279)));

-- Whether a cell of a column such as "cancelled at" means that it never happened.
create or replace temp macro is_no_date(t) as coalesce(regexp_full_match(lower(trim(t)),
    '0*([.,]0+)?|[-–—]+|0000[-/.]00[-/.]00([ t]00:00(:00)?(\.0+)?z?)?|null|none|nan|nat|nil|n/a|na|never|false|no|not applicable|keine?r?|aucune?|ningun[oa]|いいえ|未|無|なし'), true);

-- Numbers

create or replace temp macro is_plain_number(t) as
    coalesce(regexp_full_match(t, '-?\d{1,14}(\.\d{1,2})?|'), true);
create or replace temp macro plain_number(t) as try_cast(t as decimal(18, 4));
-- A DOUBLE that is the nearest one to a number with cents, whose text is then the shortest that names it:
-- two numbers of at most 15 digits are never nearest to the same DOUBLE.
create or replace temp macro is_plain_real(x) as
    coalesce(abs(x) < 1e13 and try_cast(x as decimal(18, 2))::double = x, true);
create or replace temp macro real_number(x) as try_cast(try_cast(x as decimal(18, 2)) as decimal(18, 4));

-- ISO 4217. An unknown currency has cents.
create or replace temp macro minor_units(code) as case
    when code in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
        'XAF', 'XOF', 'XPF') then 1
    when code in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 1000
    else 100
end;
create or replace temp macro in_whole_units(amount, code) as cast(
    amount * case minor_units(code) when 1 then 1.000 when 1000 then 0.001 else 0.010 end as decimal(18, 4)
);

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
    when try_cast(t as decimal(18, 2))::text = t or is_plain_number(t) then plain_number(t)
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

-- Why an order is not used, if its rows gave no reason yet. A missing customer comes last, so that the
-- revenue without a customer is revenue that would have counted.
create or replace temp macro verdict(reason, customer, day, amount) as coalesce(reason, case
    when day is null then 'date-not-a-date'
    when amount is null then 'amount-not-a-number'
    when customer is null then 'no-customer'
end);
-- Whether there is no such reason, in less time. CASE makes it one condition: of several, DuckDB expects
-- so few rows that it joins them in the wrong order.
create or replace temp macro is_used(reason, customer, day, amount) as case
    when reason is null and day is not null and amount is not null and customer is not null then true else false
end;
