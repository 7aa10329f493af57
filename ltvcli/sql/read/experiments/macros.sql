-- Names of arms that differ in case, width or spaces only are the same arm.
create or replace temp macro arm_key(t) as lower(trim(regexp_replace(narrow(t), '\s+', ' ', 'g')));
create or replace temp macro is_no_arm(t) as t in ('', 'nan', 'null');
-- A hundred groups of customers, the same on every machine.
create or replace temp macro bucket_of(t) as cast(cast('0x' || substr(md5(t), 1, 8) as bigint) % 100 as tinyint);
-- What an order brings: revenue less its cost if that is known and wanted, else the share that is kept.
create or replace temp macro worth_of(amount, cost, by_cost, kept) as case
    when by_cost and cost is not null then amount - cost
    else cast(amount * kept as decimal(18, 4))
end;
-- The same of a number that is an id, without a text: a multiplicative congruential generator. Source:
-- Park & Miller (1988), Random Number Generators: Good Ones Are Hard to Find, CACM 31, 1192-1201.
create or replace temp macro bucket_of_number(n) as
    cast((cast(n as bigint) % 2147483647 * 48271 % 2147483647 * 48271 % 2147483647) // 21474837 as tinyint);
-- Yes in a column of controls means the control, no the treated; other words are the names of arms.
create or replace temp macro flagged_arm(t) as case
    when lower(trim(narrow(t))) in ('yes', 'y', 'true', '1', '1.0', 'はい', '○', '〇', '対象') then 'control'
    when lower(trim(narrow(t))) in ('no', 'n', 'false', '0', '0.0', 'いいえ', '×', '非対象') then 'treated'
    else t
end;
