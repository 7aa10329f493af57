-- Seconds, milliseconds or microseconds since 1970, from 2001 on, as a day of UTC.
create or replace temp macro epoch_text(t) as regexp_extract(trim(t), '^(\d{10}|\d{13}|\d{16})(\.\d+)?$', 1);
create or replace temp macro epoch_day(t) as case length(epoch_text(t))
    when 10 then cast(epoch_ms(cast(epoch_text(t) as bigint) * 1000) as date)
    when 13 then cast(epoch_ms(cast(epoch_text(t) as bigint)) as date)
    when 16 then cast(epoch_ms(cast(epoch_text(t) as bigint) // 1000) as date)
end;
-- Who did it: nobody where the row names a visitor of a device.
create or replace temp macro event_person(t) as case when not starts_with(trim(t), '$device:') then tidy_id(t) end;
-- A day and what follows it, freed of the zone that PostHog and BigQuery write.
create or replace temp macro event_day_text(t) as
    case when ends_with(t, 'UTC') or ends_with(t, 'GMT') then rtrim(left(trim(t), length(trim(t)) - 3)) else t end;
