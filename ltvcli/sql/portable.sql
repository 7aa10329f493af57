-- Functions of our own in queries that run in other engines too; see ltvcli.engines._own_functions.
-- Days from one day to another.
create or replace temp macro days_between(a, b) as b - a;

-- The day of a moment in a time zone.
create or replace temp macro day_in_zone(t, zone) as cast(timezone(zone, t) as date);

-- The number in the first `bits` bits of an MD5 hash, or in those after the first `skipped` ones.
create or replace temp macro md5_bits(t, bits) as
    cast('0x' || substr(md5(t), 1, bits // 4) as bigint),
    (t, bits, skipped) as
    cast('0x' || substr(md5(t), 1 + skipped // 4, bits // 4) as bigint);
