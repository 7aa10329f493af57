-- Answers from 0 to 10 as they are written, as text: 9, １０, 7.0, 8/10, 10点, 10 - very likely,
-- 0 (全く思わない), とても思う（10）. A cell with two numbers, such as 0-6, is no answer.
create or replace temp macro survey_text(t) as
    regexp_replace(trim(narrow(t)), '\s*(/|out of|of)\s*10$', '');
create or replace temp macro survey_digits(x) as case
    when len(regexp_extract_all(x, '\d+')) = 1 then coalesce(
        nullif(regexp_extract(x, '^(\d{1,3})\s*(点|$|[-–—―−:(（.、,~〜=・|/ ].*)', 1), ''),
        nullif(regexp_extract(x, '^.*[-–—―−:(（\[「【~〜=・| ](\d{1,3})\s*点?[)）\]」】]?$', 1), '')
    )
    when regexp_full_match(x, '\d{1,3}[.,]0+') then regexp_extract(x, '^\d+')
end;
create or replace temp macro survey_score(t) as list_filter(
    [try_cast(survey_digits(survey_text(t)) as integer)],
    lambda score: score between 0 and 10 and not regexp_full_match(survey_text(t), '[-–—−]\s*\d.*')
)[1];

-- The digits of a number on any scale: 75, -100, 6.5, 80%, 7 - agree; and whether it is "of 10".
create or replace temp macro survey_number(t) as coalesce(
    nullif(regexp_extract(trim(narrow(t)), '^[-–—−]?\s*(\d{1,5})([.,]\d+)?\s*%?$', 1), ''),
    nullif(survey_digits(survey_text(t)), '')
);
create or replace temp macro survey_is_of_10(t) as
    regexp_matches(trim(narrow(t)), '(/|out of|of)\s*10$');

-- What a tool writes beside a day: seconds since 1970, and zones and halves of a day at its end.
create or replace temp macro survey_day_text(t) as case
    when regexp_full_match(trim(t), '1\d{9}') then cast(cast(epoch_ms(cast(trim(t) as bigint) * 1000) as date) as text)
    when regexp_full_match(trim(t), '1\d{12}') then cast(cast(epoch_ms(cast(trim(t) as bigint)) as date) as text)
    else regexp_replace(
        regexp_replace(trim(narrow(t)), '\s*(GMT|UTC)\s*([-+]\d{1,2}(:?\d{2})?)?$', ''), '\s*(午前|午後)$', '')
end;
