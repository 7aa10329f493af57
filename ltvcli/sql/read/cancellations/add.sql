-- A payment that failed is what it is, whatever was chosen besides; else what the customer chose comes first.
-- Words that are not known are shown as written only if several rows have them: else they may be comments.
insert into cancellation_rows
with
    known as (select unnest($words) as word, unnest($meanings) as meaning),
    meant as (
        select
            t.rowid as record, t.*, r.meaning as of_reason, f.meaning as of_feedback,
            count(*) over (partition by said_key(t.feedback)) as feedbacks,
            count(*) over (partition by said_key(t.cause)) as causes
        from cancellation_table as t
        left join known as r on r.word = said_key(t.cause)
        left join known as f on f.word = said_key(t.feedback)
    )
select
    $sheet, record, customer, email, day,
    case
        when of_reason = 'payment_failed' or of_feedback = 'payment_failed' then 'payment_failed'
        when of_feedback is not null and of_feedback <> 'not_said' then of_feedback
        when not is_blank(feedback) and of_feedback is null
        then case when feedbacks >= 3 and length(feedback) <= 40 then segment_value(feedback) else 'other' end
        when of_reason is not null then of_reason
        when is_blank(cause) then 'not_said'
        when causes >= 3 and length(cause) <= 40 then segment_value(cause)
        else 'other'
    end,
    nullif(trim(coalesce(comment, '')), ''),
    case
        when customer is null and email is null then 'no-customer'
        when day is null then 'date-not-a-date'
    end
from meant;
