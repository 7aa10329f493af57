-- How days are written that are not plain: needs the macros of macros.sql. They take longest to define,
-- so only files with such days, or whose columns no header names, get them.

-- The day only, without what follows it: a weekday, a time, a zone.
create or replace temp macro bare_day(t) as regexp_replace(regexp_replace(
    translate(t, '０１２３４５６７８９／－：．　' || chr(160) || chr(8239), '0123456789/-:.   '),
    '^\s*(=?"|'')?\s*|\s*"?\s*$', '', 'g'),
    '(\s*[(][^)]{1,9}[)])?((T|,?\s+((at|à|um|às|alle|a\s+las)\s+)?)(午前|午後)?\d{1,2}[:時h]\d{1,2}([:分](\d{1,2}(\.\d+)?秒?)?)?'
    || '(\s?[AaPp]\.?[Mm]\.?)?(\s*(Z|[+-]\d{2}(:?\d{2})?))?(\s*Uhr)?)?(\s*\b[A-Z]{2,5})?$', '');

-- Names of months in the languages of the exports that are read, without accents; tests hold them
-- against Babel's.
create or replace temp macro month_number(w) as map {
    'jan': 1, 'january': 1, 'januar': 1, 'januari': 1, 'janner': 1, 'janv': 1, 'janvier': 1, 'janeiro': 1,
    'ene': 1, 'enero': 1, 'gen': 1, 'gennaio': 1, 'sty': 1, 'styczen': 1, 'stycznia': 1,
    'feb': 2, 'february': 2, 'februar': 2, 'februari': 2, 'fev': 2, 'fevr': 2, 'fevrier': 2, 'fevereiro': 2,
    'febrero': 2, 'febbraio': 2, 'lut': 2, 'luty': 2, 'lutego': 2,
    'mar': 3, 'march': 3, 'marz': 3, 'mrz': 3, 'maerz': 3, 'mars': 3, 'marts': 3, 'maart': 3, 'mrt': 3,
    'marzo': 3, 'marco': 3, 'marzec': 3, 'marca': 3,
    'apr': 4, 'april': 4, 'avr': 4, 'avril': 4, 'abr': 4, 'abril': 4, 'aprile': 4, 'kwi': 4, 'kwiecien': 4,
    'kwietnia': 4,
    'may': 5, 'mai': 5, 'mayo': 5, 'maio': 5, 'mag': 5, 'maggio': 5, 'mei': 5, 'maj': 5, 'maja': 5,
    'jun': 6, 'june': 6, 'juni': 6, 'juin': 6, 'junio': 6, 'junho': 6, 'giu': 6, 'giugno': 6, 'cze': 6,
    'czerwiec': 6, 'czerwca': 6,
    'jul': 7, 'july': 7, 'juli': 7, 'juil': 7, 'juillet': 7, 'julio': 7, 'julho': 7, 'lug': 7, 'luglio': 7,
    'lip': 7, 'lipiec': 7, 'lipca': 7,
    'aug': 8, 'august': 8, 'aout': 8, 'ago': 8, 'agosto': 8, 'augustus': 8, 'augusti': 8, 'sie': 8,
    'sierpien': 8, 'sierpnia': 8,
    'sep': 9, 'sept': 9, 'september': 9, 'septembre': 9, 'septiembre': 9, 'setiembre': 9, 'set': 9,
    'setembro': 9, 'settembre': 9, 'wrz': 9, 'wrzesien': 9, 'wrzesnia': 9,
    'oct': 10, 'october': 10, 'okt': 10, 'oktober': 10, 'octobre': 10, 'octubre': 10, 'out': 10,
    'outubro': 10, 'ott': 10, 'ottobre': 10, 'paz': 10, 'pazdziernik': 10, 'pazdziernika': 10,
    'nov': 11, 'november': 11, 'novembre': 11, 'noviembre': 11, 'novembro': 11, 'lis': 11, 'listopad': 11,
    'listopada': 11,
    'dec': 12, 'december': 12, 'dez': 12, 'dezember': 12, 'decembre': 12, 'dic': 12, 'diciembre': 12,
    'dicembre': 12, 'dezembro': 12, 'des': 12, 'desember': 12, 'gru': 12, 'grudzien': 12, 'grudnia': 12
}[strip_accents(lower(w))];
-- 25 is 2025, 99 is 1999.
create or replace temp macro full_year(y) as
    case when length(y) <> 2 then y when y < '70' then '20' || y else '19' || y end;
create or replace temp macro is_year_until(last_year, y) as
    length(y) = 4 or length(y) = 2 and try_cast(full_year(y) as int) <= last_year;
create or replace temp macro ymd_day(y, m, d) as try_cast(full_year(y) || '-' || m || '-' || d as date);

-- Letters of month names, and of names of weekdays in any script: \pL says the same, but takes ten
-- times as long to prepare as everything else here together.
create or replace temp macro latin_letter() as '[A-Za-zÀ-ÖØ-öø-ɏ\x{1E00}-\x{1EFF}]';
create or replace temp macro any_letter() as '[A-Za-zÀ-ÖØ-öø-\x{1FFF}\x{3040}-\x{9FFF}\x{AC00}-\x{D7A3}]';

-- 10-Dez-25, 5 août 2026, 12 de enero de 2026; Sep-27-26, December 10, 2025; 2025-Okt-03. A list of
-- one with a lambda gives a name to what would be written out again for every use.
create or replace temp macro named_day(x) as list_transform([regexp_extract(x,
    '^(?:' || any_letter() || '+\.?,?\s+)?(?:(\d{4}|\d{1,2})(?:st|nd|rd|th|er|º|ª)?[-/. ]*(?:de\s+)?)?'
    || '(' || latin_letter() || '{3,})\.?[-/., ]*(?:del?\s+)?'
    || '(?:(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[-/ ]+))?(\d{4}|\d{1,2})$', ['a', 'm', 'b', 'c'])],
    lambda s: case when (s.a = '') <> (s.b = '') then ymd_day(
        case when length(s.a) = 4 then s.a when length(s.c) > 1 then s.c end,
        month_number(s.m),
        case length(s.a) when 4 then s.c when 0 then s.b else s.a end
    ) end)[1];
-- Dez 2025, décembre 2025, Dec-25: the first of that month.
create or replace temp macro named_month(x) as list_transform(
    [regexp_extract(x, '^(' || latin_letter() || '{3,})\.?[-/, ]*(?:de\s+)?(\d{4}|\d{2})$', ['m', 'y'])],
    lambda s: ymd_day(s.y, month_number(s.m), 1))[1];
-- The names of months as strptime knows them: Dec, or December where `is_full` is 1.
create or replace temp macro english_months(t, is_full) as list_reduce(
    list_prepend(t, list_filter(regexp_extract_all(t, latin_letter() || '{3,}'), lambda w: month_number(w) is not null)),
    lambda a, w: regexp_replace(a, w || '\.?',
        strftime(make_date(2000, month_number(w), 1), case when is_full = 1 then '%B' else '%b' end)));

-- 令和6年1月5日, R6.1.5, R06/01/05: years of Japanese eras, within the days of the era.
create or replace temp macro era_day(x) as list_transform([regexp_extract(x,
    '^([令平昭RHSＲＨＳ])[和成]?\s?(元|\d{1,2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?$', ['e', 'y', 'm', 'd'])],
    lambda s: list_transform([case
        when s.e in ('令', 'R', 'Ｒ') then {b: 2018, first: date '2019-05-01', last: date '9999-12-30'}
        when s.e in ('平', 'H', 'Ｈ') then {b: 1988, first: date '1989-01-08', last: date '2019-04-30'}
        when s.e in ('昭', 'S', 'Ｓ') then {b: 1925, first: date '1926-12-25', last: date '1989-01-07'}
    end], lambda era: list_filter([try_cast(
            concat(era.b + case s.y when '元' then 1 else try_cast(s.y as int) end, '-', s.m, '-', s.d) as date)],
        lambda d: d between era.first and era.last)[1])[1])[1];

-- Days as spreadsheets count them, from 1990 to 2100; what follows the point is the time.
create or replace temp macro serial_day(t) as case when regexp_full_match(trim(t), '\d{5}([.,]\d+)?')
    and left(trim(t), 5) between '32874' and '73415' then date '1899-12-30' + left(trim(t), 5)::int end;

create or replace temp macro day_parts(x) as
    regexp_extract_all(regexp_extract(x, '^\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{1,2})$'), '\d+');
create or replace temp macro is_ordered(x) as len(day_parts(x)) = 3;
create or replace temp macro loose_day(x) as list_filter(list_transform([x], lambda x: coalesce(
    try_cast(regexp_replace(x, '^(\d{4})[-/.年 ]\s?(\d{1,2})[-/.月 ]\s?(\d{1,2})日?$', '\1-\2-\3') as date),
    try_cast(regexp_replace(x, '^(\d{4})(\d{2})(\d{2})(\s?\d{4}|\s?\d{6})?$', '\1-\2-\3') as date),
    named_day(x), era_day(x))), lambda d: sane_day(d) is not null)[1];
-- 3, 2, 1 are the places of year, month and day in a cell with the day first.
create or replace temp macro ordered_day(x, y, m, d) as list_transform([x], lambda x: coalesce(
    loose_day(x),
    list_transform([day_parts(x)], lambda p: sane_day(ymd_day(p[y], p[m], p[d])))[1]))[1];
