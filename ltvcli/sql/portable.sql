-- Functions of our own in queries that run in other engines too; see ltvcli.engines._own_functions.
-- Days from one day to another.
create or replace temp macro days_between(a, b) as b - a;

-- The day of a moment in a time zone.
create or replace temp macro day_in_zone(t, zone) as cast(timezone(zone, t) as date);

-- A number of four bytes with its bytes in reverse order.
create or replace temp macro in_reverse(n) as
    ((n & 255) << 24) | ((n & 65280) << 8) | ((n >> 8) & 65280) | (n >> 24);

-- The number in the first `bits` bits of an MD5 hash, or in those after the first `skipped` ones. The first
-- 32 bits are the last four bytes of md5_number in reverse, which take less time to read than digits.
create or replace temp macro md5_bits(t, bits) as
    case
        when bits = 32 then in_reverse(cast(md5_number(t) & 4294967295::uhugeint as bigint))
        else cast('0x' || substr(md5(t), 1, bits // 4) as bigint)
    end,
    (t, bits, skipped) as
    cast('0x' || substr(md5(t), 1 + skipped // 4, bits // 4) as bigint);
