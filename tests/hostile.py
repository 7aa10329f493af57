"""Names that a shop could hold to break a page: markup, scripts, styles, controls, directions."""

from __future__ import annotations

from tests.test_spreadsheets import CORPUS

_TAGS = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//x.y/z></SCRIPT>", "</script><script>alert(1)//",
    "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "</svg><script>alert(1)</script>",
    "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>x",
    "</td></tr></table><h1>x", "</style><script>alert(1)</script>", "<style>*{display:none}",
    "<link rel=stylesheet href=//x.y/z>", "<meta http-equiv=refresh content=0>", "<base href=//x>",
    "</title><script>alert(1)</script>", "<!--", "-->", "<!-- --!><script>alert(1)</script>",
    "<![CDATA[x]]>", "<?xml version='1.0'?>", "<math><mtext></mtext></math>", "<form action=//x>",
    "<input autofocus onfocus=alert(1)>", "<object data=x>", "<embed src=x>", "<video src=x>",
    "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript>'>",
    "<svg><foreignObject><b>x", "<svg><use href=//x.y/z#a>", "<svg><style>*{fill:red}</style>",
    "<text x=0 y=0>moved", "<desc>x</desc>", "<title>x</title>", "<animate attributeName=href>",
]  # fmt: skip
_ATTRIBUTES = [
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", "x onclick=alert(1)", '"><b>', "'><b>",
    '"/><script>alert(1)</script>', "` onerror=alert(1)`", "style=x:expression(1)", "\\\"onload=x",
    "url(javascript:alert(1))", "javascript:alert(1)", "data:text/html,<script>1</script>",
    "&lt;script&gt;", "&#60;script&#62;", "&amp;", "&", "&&", "&quot;", "&nbsp", "&#x0;", "%3Cb%3E",
]  # fmt: skip
_TEMPLATES = [
    "{{ 7 * 7 }}", "{% include 'x' %}", "{# x #}", "${7*7}", "#{7*7}", "<%= 7 %>", "{0}", "{x}",
    "%s", "%(x)s", "{{ config }}", "{{ ''.__class__ }}", "\\u003cscript\\u003e", "\\x3cb\\x3e",
]  # fmt: skip
_LETTERS = [
    "ＳＣＲＩＰＴ ＜script＞", "ﷺ" * 40, "مرحبا بالعالم", "שלום", "Ü̈ber", "a" + "́" * 60,
    "山田　太郎", "𝕳𝖊𝖑𝖑𝖔", "x" * 5000, "一" * 2000, "a b" * 400, "W" * 200, "🧑‍🚀" * 30,
    "\u200b", "\ufeff", "\u2060", "\u00ad" * 9, "\u200f\u200e", "\x00", "\ud800", "\U000e0001",
]  # fmt: skip

HOSTILE = [*_TAGS, *_ATTRIBUTES, *_TEMPLATES, *_LETTERS, *CORPUS]
