"""Colours by role, the same on a light and on a dark page, and the CSS that the theme cannot say.

No ink is ever sent from Python: a browser that switches between light and dark does not tell us.
"""

from __future__ import annotations

OURS = "#0072B2"
WORSE = "#D55E00"
BETTER = "#009E73"
SECOND = "#CC79A7"
REFERENCE = "#7C868E"
INK = "#11161A"
PAPER = "#FFFFFF"
FAINT = "rgba(124,134,142,.12)"
BAND = "rgba(124,134,142,.18)"
RULE = "rgba(124,134,142,.35)"
CLEAR = "rgba(0,0,0,0)"

PALE = {
    OURS: "rgba(0,114,178,.22)",
    WORSE: "rgba(213,94,0,.22)",
    BETTER: "rgba(0,158,115,.22)",
    SECOND: "rgba(204,121,167,.22)",
    REFERENCE: "rgba(124,134,142,.22)",
}
BY_STATE = {"ours": OURS, "worse": WORSE, "better": BETTER, "second": SECOND, "chance": REFERENCE,
            "reference": REFERENCE}

# From strongly agree to strongly disagree: fill, then the colour of the number inside.
AGREEMENT = (
    ("#005A8C", PAPER), ("#5FA8D3", INK), ("#C9CFD3", INK), ("#E9A06B", INK), ("#A34700", PAPER),
)
# From little to much.
HEAT = (
    ("#DCEAF3", INK), ("#A3C8E0", INK), ("#5A9BC5", INK), ("#0072B2", PAPER), ("#003F63", PAPER),
)

CSS = """
<style>
.stMainBlockContainer{max-width:66rem;padding-top:3.25rem!important;padding-bottom:4rem!important}
.js-plotly-plot :is(.annotation-text,.xtick text,.ytick text,.xtitle,.ytitle)
 {fill:currentColor!important}
[data-testid="stHeader"]{background:transparent}
.st-key-title h1{padding:0}
.lead{font-size:1.19rem;line-height:1.75rem;max-width:44rem;margin:0}
.lead b{font-weight:650}
.st-key-bar [data-testid="stPopover"] button{white-space:nowrap}
.st-key-invented{border-left:4px solid #CC79A7;padding-left:.75rem}
[data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"]{gap:.15rem}
[data-testid="stSidebarUserContent"] [data-testid="stCaptionContainer"]{margin-top:.9rem}
.st-key-whose [data-testid="stCaptionContainer"]{margin-top:0!important}
button[data-variant][data-selected="true"]
 {color:inherit!important;font-weight:600}
[data-testid="stPopoverButton"]:is(:hover,:focus,[aria-expanded="true"]){color:inherit!important}
a.collect{display:inline-block;padding:.45rem .8rem;border:1px solid currentColor;border-radius:6px;
 text-decoration:none;font-weight:600;color:light-dark(#005A8C,#7CC5F0)}
.told{margin:0}
/* Streamlit keeps the height a list was scrolled to when a page is opened from it, and has no call
   for it. For a moment the new page is a line high: then there is nothing to scroll. */
.stMainBlockContainer:has(.st-key-who){animation:begin .15s}
@keyframes begin{from,to{height:1px;min-height:0;overflow:hidden;padding-bottom:0}}
.few{overflow-x:auto}
.few table{border-collapse:collapse;font-size:.875rem;width:100%}
.few caption{text-align:left;padding-bottom:.4rem}
.few :is(th,td){border:1px solid light-dark(#D5DADE,#3A4148);padding:.35rem .6rem;text-align:left;
 white-space:nowrap;max-width:22rem;overflow:hidden;text-overflow:ellipsis}
.few th{font-weight:600}
[data-testid="stMain"] [data-testid="stPageLink"] :is(a,p,span){white-space:normal!important;
 text-overflow:clip}
[data-testid="stMain"] [data-testid="stPageLink"] p{color:light-dark(#005A8C,#7CC5F0);
 text-decoration:underline;text-underline-offset:.2em}
[data-testid="stApp"][data-test-script-state="running"] .st-key-body::before{content:"Counting…";
 position:sticky;top:.5rem;z-index:9;width:fit-content;padding:.3rem .8rem;border-radius:6px;
 border:1px solid #7C868E;background:light-dark(#FFFFFF,#14171A);opacity:0;
 animation:appear .2s 1s forwards}
[data-testid="stApp"][data-test-script-state="running"] .st-key-body
 [data-stale="true"]{animation:fade .2s 1s forwards}
@keyframes appear{to{opacity:1}}
@keyframes fade{to{opacity:.25}}
@media(max-width:640px){
[data-testid="stMetricValue"]{font-size:1.5rem}
.st-key-bar{flex-wrap:nowrap!important;overflow-x:auto;padding-bottom:4px}
.st-key-bar>*{flex:0 0 auto!important}
.few :is(th,td):nth-child(n+4){display:none}
.few td{white-space:normal;overflow-wrap:break-word}
.few td:first-child{overflow-wrap:anywhere}
.st-key-finish{flex-direction:column!important;align-items:stretch!important}
:is(.st-key-finish,[class*="st-key-card-"]) :is([data-testid="stButton"],
 [data-testid="stDownloadButton"],[data-testid="stElementContainer"],[data-testid="stButton"]>*,
 [data-testid="stButton"] button){width:100%!important}
h1{font-size:1.55rem!important}
}
@media print{[data-testid="stSidebar"],.st-key-actions,.st-key-bar{display:none!important}}
</style>
"""

PRESENT_CSS = """
<style>
[data-testid="stSidebar"],[data-testid="stHeader"],[data-testid="stExpandSidebarButton"]
 {display:none!important}
.stMainBlockContainer{max-width:80rem;padding-top:2.5rem!important}
.lead{font-size:clamp(1.4rem,3.4vw,2.5rem);line-height:1.25;max-width:none}
h1{font-size:clamp(1.1rem,2vw,1.5rem)!important;font-weight:600!important;opacity:.85}
[data-testid="stMetricValue"]{font-size:3rem}
[data-testid="stMetricLabel"] p{font-size:1.15rem}
[data-testid="stMain"] li,[data-testid="stMain"] [data-testid="stMarkdown"] p
 {font-size:clamp(1.1rem,1.9vw,1.5rem);line-height:1.4}
[data-testid="stMain"] [data-testid="stCaptionContainer"] p{font-size:1rem}
[data-testid="stMain"] h2{font-size:1.5rem}
@media(max-width:640px){
.js-plotly-plot :is(.annotation-text,.xtick text,.ytick text){font-size:13px!important}
}
</style>
"""

# On a phone a long line is wider than the screen and begins at its right end, with the newest.
SLIDE_CSS = """
<style>
p.slide{{display:none}}
@media(max-width:640px){{
.st-key-slide{{overflow-x:auto;direction:rtl}}
.st-key-slide>*{{direction:ltr;min-width:{share}%}}
p.slide{{display:block;text-align:right;font-size:.875rem;margin:0}}
}}
</style>
"""
