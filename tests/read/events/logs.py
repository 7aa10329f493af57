"""Logs in the form of each tool: two customers, a visitor, and an event that is there twice."""

from __future__ import annotations

MIXPANEL = """\
event,time,distinct_id,$insert_id,$browser
Sign in,1767607200,C1,i1,Chrome
Sign in,1767693600,$device:0af3,i2,Chrome
Report made,1767693600,C2,i3,Chrome
Report made,1767693600,C2,i3,Chrome
"""
AMPLITUDE = """\
amplitude_id,device_id,user_id,event_type,event_time,$insert_id
11,d1,C1,Sign in,2026-01-05 10:00:00.123000,i1
12,d2,,Sign in,2026-01-06 10:00:00.123000,i2
13,d3,C2,Report made,2026-01-06 10:00:00.123000,i3
13,d3,C2,Report made,2026-01-06 10:00:00.123000,i3
"""
SEGMENT = """\
id,anonymous_id,user_id,event,event_text,received_at,timestamp
i1,a1,C1,sign_in,Sign in,2026-01-07 10:00:00+00,2026-01-05 10:00:00+00
i2,a2,,sign_in,Sign in,2026-01-07 10:00:00+00,2026-01-06 10:00:00+00
i3,a3,C2,report_made,Report made,2026-01-07 10:00:00+00,2026-01-06 10:00:00+00
i3,a3,C2,report_made,Report made,2026-01-07 10:00:00+00,2026-01-06 10:00:00+00
"""
GA4 = """\
event_date,event_timestamp,event_name,event_value_in_usd,user_id,user_pseudo_id
20260105,1767607200000000,Sign in,,C1,b1
20260106,1767693600000000,Sign in,,,b2
20260106,1767693600000000,Report made,2.5,C2,b3
"""
POSTHOG = """\
uuid,event,properties,timestamp,distinct_id,person_id
i1,Sign in,"{""$browser"": ""Chrome""}",2026-01-05T10:00:00.123Z,C1,p1
i2,Sign in,{},2026-01-06T10:00:00.123Z,,p2
i3,Report made,{},2026-01-06T10:00:00.123Z,C2,p3
i3,Report made,{},2026-01-06T10:00:00.123Z,C2,p3
"""
JAPANESE = """\
会員ID,イベント日時,イベント名,イベントID
C1,2026年1月5日 10:00,Sign in,i1
,2026年1月6日 10:00,Sign in,i2
C2,2026年1月6日 10:00,Report made,i3
C2,2026年1月6日 10:00,Report made,i3
"""
TOOLS = {
    "events_mixpanel": MIXPANEL,
    "events_amplitude": AMPLITUDE,
    "events_segment": SEGMENT,
    "events_ga4": GA4,
    "events_posthog": POSTHOG,
    "generic_events": JAPANESE,
}
