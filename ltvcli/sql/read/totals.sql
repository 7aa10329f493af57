-- Words for sums, in any column of words.

-- Total, Grand total, Total: Account, Total 2026, 2026年合計, Q1 total, FY2026 Total, 小計, 年計, Average.
create or replace temp macro is_total(t) as coalesce(regexp_matches(lower(trim(t)),
    '^((fy ?)?[0-9]{4} ?(年度?)?|[0-9]{1,2}月|[qh][1-4]( [0-9]{4})?|[1-4]q|[上下]期|[上下]半期|第[1-4]四半期|ytd|全体|月|年|週)? ?[-–—]? ?'
    || '(sub|grand |sub ?-?)?'
    || '(totals?|total général|gesamt|gesamtsumme|summe|insgesamt|totale|totaal|合計|総計|総合計|小計|累計|計|average|avg|平均|平均値)'
    || '(\s+(spend|cost|costs|amount|general|generale|(fy ?)?[0-9]{4}|[qh][1-4]|ytd))?(\s+of\s.*)?\s*([:：(（].*)?$'), false);

-- All, All channels, All campaigns, すべて, 全媒体: a sum where other rows name the parts of it.
create or replace temp macro is_all(t) as coalesce(regexp_matches(lower(trim(t)),
    '^(all|everything|overall|alle|tous|toutes|todos|todas|すべて|全て|全体|全)'
    || '(\s*の?(channels?|campaigns?|ad ?sets?|ad ?groups?|media|sources?|platforms?|networks?|accounts?|ads?|devices?|countries|regions?|types?|kanäle|kampagnen|canaux|canales|媒体|チャネル|チャンネル|キャンペーン|広告|デバイス|アカウント))?$'), false);

-- Budget, forecast, 予算: money that was planned and not spent.
create or replace temp macro is_planned(t) as coalesce(regexp_full_match(lower(trim(t)),
    '(plan|planned|budget|budgeted|forecast|forecasted|fcst|target|projected|projection|estimate|estimated|予算|計画|予定|見込み?|目標|予測|予想)'), false);
