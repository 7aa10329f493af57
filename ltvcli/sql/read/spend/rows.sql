create or replace table spend_rows (
    sheet integer, record bigint, channel_label text, first date, last date, period_first date, period_last date,
    amount decimal(18, 4), currency text, is_unnamed boolean, reason text
);
