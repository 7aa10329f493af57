-- All rows, and their days; days of rows that are excluded count too, unless they lie in the future.
select
    count(*) as all_rows,
    min(case when coalesce(problem, '') <> 'future-date' then day end) as first,
    max(case when coalesce(problem, '') <> 'future-date' then day end) as last
from sheet_0;
