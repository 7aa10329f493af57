-- What the cells of one column show: counts of the cells of each kind. A different value is looked
-- at once; content_values has it as t, how often it occurs as n, and where first as place.
select coalesce(sum(n), 0) as filled,
    count(*) as distinct_values,
    coalesce(sum(n) filter (loose_day(d) is not null or is_ordered(d)), 0) as days,
    coalesce(sum(n) filter (regexp_full_match(t, '[0-9]{10}([.]0|[0-9]{3})?')
        and try_cast(left(t, 10) as bigint) between 1262304000 and 2051222400), 0) as epochs,
    coalesce(sum(n) filter (regexp_full_match(t, '[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+')), 0) as mails,
    coalesce(sum(n) filter (is_number), 0) as numbers,
    coalesce(sum(n) filter (is_number and symbol(t) <> ''), 0) as signed,
    coalesce(sum(n) filter (regexp_full_match(t, '[-+]?[0-9.,]+ ?[%％]')), 0) as percents,
    coalesce(sum(n) filter (is_number and (is_grouped
        or regexp_full_match(x, '[-+]?[0-9]+([.,]0)?'))), 0) as integers,
    coalesce(sum(n) filter (is_number and regexp_matches(x, '[.,][0-9]{2}$')), 0) as two_decimals,
    coalesce(sum(n) filter (is_number and not is_grouped
        and regexp_matches(x, '[.,][0-9]{3,}$')), 0) as more_decimals,
    coalesce(sum(n) filter (is_number and regexp_full_match(x, '0[0-9]+')), 0) as padded,
    coalesce(sum(n) filter (regexp_full_match(t, '[A-Za-z0-9_.:#|/-]+')
        and regexp_matches(t, '[0-9]')), 0) as codes,
    coalesce(sum(n) filter (regexp_full_match(lower(t),
        '(cus|cust|customer|client|user|usr|uid|member|buyer|kunde|kd)[-_:#.]?[a-z]*[0-9][a-z0-9_-]*'
        )), 0) as named,
    min(number) as least,
    max(number) as most,
    arg_min(t, place, 30) as samples
from (
    select *, case when has_point(x) then try_cast(translate(x, ', ', '') as double)
        else try_cast(replace(translate(x, '. ', ''), ',', '.') as double) end as number
    from (
        select *, has_point(x) or has_comma(x) as is_number,
            regexp_full_match(x, '[-+]?[0-9]{1,3}([., ][0-9]{3})+') as is_grouped
        from (select t, n, place, bare_number(t) as x, bare_day(t) as d from content_values)
    )
);
