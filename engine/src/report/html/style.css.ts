/** The look of the report. System fonts, one accent; a state has a shape and a word, and its colour only repeats them. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#fff, #0e1116);
  --raised: light-dark(#fff, #151a21);
  --sunk: light-dark(#f4f6f8, #1a2029);
  --ink: light-dark(#151a22, #e7ebf1);
  --muted: light-dark(#4c5768, #a8b3c2);
  --line: light-dark(#dde2e9, #2a323d);
  --edge: light-dark(#7b8798, #76839a);
  --accent: light-dark(#1d4ed8, #8fb4ff);
  --pass: light-dark(#136c41, #66d19a);
  --pass-soft: light-dark(#e9f6ef, #12261c);
  --fail: light-dark(#b42318, #ff8f85);
  --fail-soft: light-dark(#fdf0ee, #2d1715);
  --stale: light-dark(#855200, #f0bd6b);
  --stale-soft: light-dark(#fdf4e3, #2a2011);
  --unknown: light-dark(#4c5768, #a8b3c2);
  --unknown-soft: light-dark(#f1f3f6, #1a2029);
  --hatch: light-dark(#aab4c2, #4d5867);
  --shadow: light-dark(0 1px 2px rgb(16 24 40 / 6%), none);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'Liberation Mono', monospace;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif;
  --radius: 12px;
}

:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 5rem; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 400 1rem/1.6 var(--sans); overflow-wrap: anywhere; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, pre { margin: 0; padding: 0; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem); letter-spacing: -.022em; }
h2 { font-size: 1.5rem; letter-spacing: -.015em; }
h3 { font-size: 1.0625rem; }
h4 { font-size: .9375rem; margin: 1.75rem 0 .5rem; }
ul, ol { list-style: none; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
code, pre { font-family: var(--mono); font-size: .875em; font-variant-ligatures: none; }
code { unicode-bidi: isolate; background: var(--sunk); border-radius: 4px; padding: .08em .32em; }
pre { white-space: pre-wrap; background: var(--sunk); border-radius: 8px; padding: .875rem 1rem; line-height: 1.55; font-size: .8125rem; tab-size: 2; unicode-bidi: isolate; }
pre code { background: none; padding: 0; font-size: inherit; }
.muted { color: var(--muted); }
.small { font-size: .8125rem; display: block; }
.warn { color: var(--fail); }
.sprite { position: absolute; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 9; background: var(--bg); padding: .5rem 1rem; border-radius: 0 0 8px 8px; }
.skip:focus { top: 0; }
[hidden] { display: none !important; }

.icon { width: 1.25rem; height: 1.25rem; flex: none; fill: none; }
.stroke { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.cut { fill: none; stroke: var(--bg); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.hatch-ground { fill: var(--unknown-soft); }
.hatch-line { fill: var(--hatch); }
.crossed-ground { fill: var(--fail); }
.crossed-line { stroke: var(--bg); stroke-width: .7; opacity: .55; }
.dots-ground { fill: var(--stale-soft); }
.dots-dot { fill: var(--stale); }

.page { max-width: 82rem; margin: 0 auto; padding: 0 1.125rem 5rem; }
main > section { margin-top: 3.75rem; }
.section-head { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
.standing-tag { font-size: .75rem; font-weight: 650; text-transform: uppercase; letter-spacing: .08em; color: var(--stale); border: 1.5px dashed currentColor; border-radius: 99px; padding: .1rem .6rem; }
.intro { color: var(--muted); max-width: 46rem; margin: .375rem 0 1.25rem; }
.banner { position: sticky; top: 0; z-index: 5; background: repeating-linear-gradient(135deg, var(--stale-soft) 0 14px, var(--bg) 14px 28px); border-bottom: 1.5px solid var(--stale); padding: .5rem 1.125rem; text-align: center; font-size: .875rem; }
.banner strong { color: var(--stale); }
.banner-because { color: var(--muted); }
.watermark { display: none; }

.contents { padding: .875rem 0; border-bottom: 1px solid var(--line); font-size: .875rem; }
.contents-title { display: none; }
.contents ul { display: flex; gap: .125rem .25rem; overflow-x: auto; margin: 0 -1.125rem; padding: .125rem .625rem .375rem; }
.contents a { display: inline-block; white-space: nowrap; padding: .25rem .5rem; color: var(--muted); text-decoration: none; border-radius: 6px; }
.contents a:hover { color: var(--ink); background: var(--sunk); }
.count { font-variant-numeric: tabular-nums; background: var(--sunk); border-radius: 99px; padding: 0 .45em; font-size: .75rem; color: var(--ink); }
.themes { display: none; gap: .25rem; }
button { font: 500 .8125rem/1.2 var(--sans); color: var(--ink); background: var(--raised); border: 1px solid var(--edge); border-radius: 8px; padding: .45rem .75rem; min-height: 2rem; cursor: pointer; }
button:hover { background: var(--sunk); }
button[aria-pressed='true'] { background: var(--ink); color: var(--bg); border-color: var(--ink); }

.page-head { padding-top: 2.25rem; }
.kicker { font-size: .8125rem; color: var(--muted); letter-spacing: .01em; margin-bottom: .375rem; }
.facts { display: grid; gap: .875rem 2rem; margin-top: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); font-size: .9375rem; line-height: 1.45; }
dt { font-size: .8125rem; color: var(--muted); }
@media (width < 40rem) {
  .facts { gap: .375rem; font-size: .875rem; }
  .facts > div { display: grid; grid-template-columns: 6.25rem minmax(0, 1fr); align-items: baseline; }
  .page-head { padding-top: 1.25rem; }
}
.notice { margin-top: 1.25rem; border: 1.5px solid var(--stale); border-radius: var(--radius); background: var(--stale-soft); padding: .75rem 1rem; }

.is-pass { --state: var(--pass); --soft: var(--pass-soft); }
.is-fail { --state: var(--fail); --soft: var(--fail-soft); }
.is-stale { --state: var(--stale); --soft: var(--stale-soft); }
.is-not-verified, .is-not-applicable { --state: var(--unknown); --soft: var(--unknown-soft); }
.is-gate-open { --state: var(--pass); }
.is-gate-shut { --state: var(--fail); }
.is-gate-unknown { --state: var(--unknown); }
.state { display: inline-flex; align-items: center; gap: .4rem; font-weight: 650; color: var(--state); white-space: nowrap; }
.provenance { display: inline-flex; align-items: center; gap: .3rem; }
.provenance .icon { width: 1rem; height: 1rem; }
p .provenance { vertical-align: bottom; }

main > .verdict { margin-top: 2.25rem; border: 1px solid var(--line); border-top: 4px solid var(--state); border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow); padding: 1.5rem 1.25rem; display: grid; gap: 1.5rem; }
.verdict-word { display: flex; align-items: center; gap: .625rem; color: var(--state); font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2.125rem); letter-spacing: -.02em; }
.verdict-word .icon { width: 2.125rem; height: 2.125rem; }
.sentence { font-size: 1.125rem; line-height: 1.5; margin-top: .75rem; max-width: 40rem; text-wrap: pretty; }
.ring { width: 11rem; justify-self: center; }
.segment { fill: var(--state); }
.segment.is-not-verified, .segment.is-not-applicable { fill: url(#hatch); stroke: var(--hatch); stroke-width: 1; }
.segment.is-stale { fill: url(#dots); stroke: var(--stale); stroke-width: 1; }
.ring-number { font: 650 44px var(--sans); text-anchor: middle; fill: var(--ink); }
.ring-word { font: 400 14px var(--sans); text-anchor: middle; fill: var(--muted); }
.verdict-steps { display: grid; gap: 1.25rem; border-top: 1px solid var(--line); padding-top: 1.25rem; }
.verdict-steps h3 { font-size: .8125rem; font-weight: 500; color: var(--muted); margin-bottom: .25rem; }
.verdict-steps p { max-width: 36rem; }
.verdict-steps a { color: inherit; font-weight: 600; }

.gates { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); margin-top: 1rem; }
.gate { display: grid; grid-template-columns: 7.5rem 1fr; gap: .75rem; padding: .75rem 0; border-top: 1px solid var(--line); align-items: start; }
.gate h3 { font-size: 1rem; font-weight: 550; }
.gate p { font-size: .875rem; }

.tiles { display: grid; gap: .875rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
.tile { position: relative; display: flex; flex-direction: column; gap: .5rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow); padding: 1rem 1.125rem; }
.tile.is-fail { border-color: var(--fail); background: var(--soft); }
.tile.is-not-verified, .tile.is-not-applicable { border-style: dashed; border-color: var(--edge); box-shadow: none; }
.tile.is-stale { border-color: var(--stale); border-style: dotted; border-width: 1.5px; }
.tile h3 { font-size: 1rem; font-weight: 600; display: flex; gap: .5rem; }
.tile h3 a { color: inherit; text-decoration: none; }
.tile h3 a::after { content: ''; position: absolute; inset: 0; border-radius: var(--radius); }
.tile h3 a:hover { text-decoration: underline; }
.tile-number { white-space: nowrap; flex: none; color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; min-width: 1.3em; }
.tile-because { font-size: .875rem; line-height: 1.5; }
.tile-foot { margin-top: auto; padding-top: .375rem; font-size: .8125rem; color: var(--muted); line-height: 1.5; }
.tile-source { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
.bar { display: block; width: 100%; height: 8px; border-radius: 4px; margin-bottom: .375rem; overflow: hidden; }
.bar-proved { fill: var(--pass); }
.is-stale .bar-proved { fill: url(#dots); }
.bar-failed { fill: url(#crossed); }
.bar-unknown { fill: url(#hatch); }

.harms { display: grid; gap: 1.5rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); }
.harm { border-top: 3px solid var(--state); padding-top: .75rem; }
.harm.is-not-verified { border-top-style: dashed; }
.harm h3 { font-size: 1rem; min-height: 2.5em; text-wrap: pretty; margin-bottom: .25rem; }
.harm dl { margin-top: .625rem; display: grid; gap: .625rem; font-size: .8125rem; line-height: 1.45; }
.harm dt { font-weight: 600; color: var(--ink); }
.harm li { color: var(--muted); margin-top: .25rem; }

.scroll { overflow-x: auto; padding: .25rem 0 .5rem; }
.graph { border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.125rem; background: var(--raised); margin-bottom: 1.5rem; }
.graph figcaption { font-size: .8125rem; color: var(--muted); margin-top: .5rem; }
.redirects { display: block; width: 100%; min-width: 52rem; max-width: 70rem; height: auto; }
.keys { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: .375rem; }
.key { display: inline-flex; align-items: center; gap: .4rem; }
.key svg { width: 34px; height: 10px; }
.g-head { font: 500 13px var(--sans); fill: var(--muted); }
.g-text { font: 400 12px var(--mono); fill: var(--ink); }
.g-small { font: 500 11.5px var(--sans); fill: var(--muted); }
.g-box { fill: var(--sunk); stroke: var(--line); }
.g-home { fill: var(--pass-soft); stroke: var(--pass); stroke-width: 1.5; }
.g-end-loop, .g-end-too-long { fill: var(--fail-soft); stroke: var(--fail); stroke-width: 1.5; }
.g-end-left-scope { fill: var(--stale-soft); stroke: var(--stale); stroke-width: 1.5; }
.g-end-unseen { fill: var(--unknown-soft); stroke: var(--edge); stroke-dasharray: 4 3; }
.g-line { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.g-tip { fill: var(--edge); }
.g-loop { stroke: var(--fail); stroke-dasharray: 7 4; }
.g-back { fill: none; stroke: var(--fail); stroke-width: 1.5; stroke-linejoin: round; }
.g-too-long { stroke: var(--fail); stroke-dasharray: 1.5 4; stroke-width: 2; }
.g-left { stroke: var(--stale); }
.g-border { fill: none; stroke: var(--stale); stroke-width: 2; }
.g-unseen { stroke-dasharray: 3 4; }
.g-unseen-tip { fill: none; stroke: var(--edge); }
.end-loop, .end-too-long, .end-left-scope { font-weight: 600; }

table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.45; }
caption { text-align: left; font-size: .8125rem; color: var(--muted); padding-bottom: .5rem; }
th { text-align: left; font-weight: 500; vertical-align: top; }
td { vertical-align: top; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
tbody, table, caption { display: block; }
tbody tr { display: block; border-top: 1px solid var(--line); padding: .75rem 0; }
tbody th, tbody td { display: block; padding: .125rem 0; }
td[data-label]::before { content: attr(data-label); display: block; font-size: .75rem; color: var(--muted); }
.unseen { display: inline-block; white-space: nowrap; color: var(--muted); padding: .05rem .5rem; border-radius: 4px; background: repeating-linear-gradient(135deg, var(--unknown-soft) 0 4px, var(--bg) 4px 7px); border: 1px dashed var(--edge); font-size: .8125rem; }
.hop-list { list-style: none; }
.rest { font-size: .875rem; color: var(--muted); padding: .625rem 0; }

.filter { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin-bottom: 1rem; font-size: .875rem; }
.filter div { display: flex; flex-wrap: wrap; gap: .25rem; }
input { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--edge); border-radius: 8px; padding: .375rem .75rem; min-height: 2.25rem; width: 15rem; max-width: 100%; }
::placeholder { color: var(--muted); opacity: 1; }
.finding { border: 1px solid var(--line); border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow); margin-bottom: .75rem; }
.finding.is-critical, .finding.is-high { --state: var(--fail); }
.finding.is-medium { --state: var(--stale); }
.finding.is-low { --state: var(--unknown); }
summary { cursor: pointer; border-radius: var(--radius); }
.finding > details > summary { display: grid; grid-template-columns: auto 1fr; gap: .25rem .875rem; align-items: baseline; padding: .875rem 1.125rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
.finding h3 { grid-column: 1 / -1; font-size: 1rem; font-weight: 550; line-height: 1.45; text-wrap: pretty; }
.finding summary .finding-row { justify-self: end; font-size: .8125rem; text-align: right; }
.severity { display: inline-flex; gap: .375rem; align-items: center; font-size: .8125rem; font-weight: 650; color: var(--state); }
.severity.is-critical, .severity.is-high { --state: var(--fail); }
.severity.is-medium { --state: var(--stale); }
.severity.is-low { --state: var(--unknown); }
.rank { width: 20px; height: 14px; }
.rank-on { fill: var(--state); }
.rank-off { fill: var(--line); }
.finding-body { padding: .25rem 1.125rem 1.25rem; border-top: 1px solid var(--line); }
.two { display: grid; gap: 1rem 2.5rem; margin-top: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
.two dd, .places p { max-width: 42rem; }
.places > li + li { margin-top: 1rem; }
figure pre { margin-top: .5rem; }
.places figcaption { font-size: .8125rem; color: var(--muted); margin-top: .25rem; }
.names { margin: .375rem 0; display: grid; gap: .25rem; }
.names code { background: none; padding: 0; }
.steps { counter-reset: step; display: grid; gap: .625rem; max-width: 46rem; }
.steps > li { counter-increment: step; display: grid; grid-template-columns: 1.75rem minmax(0, 1fr); }
.steps > li::before { content: counter(step) '.'; color: var(--muted); font-variant-numeric: tabular-nums; }
.steps > li > * { grid-column: 2; }
.steps > li > pre:first-child { margin-top: -.25rem; }
.steps pre { padding: .5rem .75rem; }
.prompt { position: relative; margin-top: 1.75rem; border-block: 1px solid var(--line); padding: .625rem 0; }
.prompt .copy { position: absolute; top: .5rem; right: 0; }
.prompt h4 { margin: 0; display: inline; }
.prompt .more { margin: .25rem 0 0; }
.prompt .more summary { color: var(--ink); width: auto; padding-right: 8rem; min-height: 2rem; }
.prompt .more pre { margin-top: .625rem; }
.standards { font-size: .8125rem; margin-top: 1.25rem; }
.tag { font-weight: 500; font-size: .8125rem; color: var(--muted); }
.more { margin-top: .75rem; }
.more summary, .check summary { list-style: none; }
.more > summary h4 { display: inline; margin: 0; }
.row .more { margin-top: 1.5rem; }
.row .blind { margin-top: .5rem; }
.more > summary { color: var(--ink); font-size: .875rem; width: fit-content; }

.row { border-top: 1px solid var(--line); padding: 1.75rem 0; }
.row-head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; align-items: baseline; }
.row h3 { font-size: 1.1875rem; }
.row-because { margin-top: .375rem; max-width: 46rem; }
.row-evidence { margin-top: .75rem; font-size: .8125rem; color: var(--muted); max-width: 42rem; }
.checks { border: 1px solid var(--line); border-radius: var(--radius); }
.check + .check { border-top: 1px solid var(--line); }
.check > summary { display: grid; gap: 0 .875rem; padding: .625rem 1rem; font-size: .9375rem; }
.check-coverage { font-size: .8125rem; }
.check-body { padding: .25rem 1rem 1rem; font-size: .9375rem; display: grid; gap: .625rem; max-width: 50rem; }
.check-body .standards { margin: 0; }
.reasons { display: grid; gap: .5rem; padding-left: 1rem; list-style: square; }
.blind, #limits ul, #sent ul, #not-tested ul { list-style: disc; padding-left: 1.25rem; display: grid; gap: .25rem; max-width: 46rem; }
#limits p, #sent ul, #not-tested ul { margin-top: .5rem; max-width: 46rem; }
#limits ul { margin: .875rem 0; }
#sent h3, #not-tested h3 { margin-top: 1.5rem; font-size: 1rem; }
.finding > details > summary .severity::before, .check > summary .state::before, .more > summary::before { content: ''; width: .45em; height: .45em; border-right: 2px solid var(--muted); border-bottom: 2px solid var(--muted); transform: rotate(-45deg); margin-right: .5rem; flex: none; display: inline-block; }
details[open] > summary .severity::before, .check[open] > summary .state::before, .more[open] > summary::before { transform: rotate(45deg); }

@media (width >= 40rem) {
  .finding > details > summary { grid-template-columns: 6.75rem minmax(0, 1fr) auto; }
  .finding h3 { grid-column: 2; grid-row: 1; }
  .check > summary { grid-template-columns: 9.5rem minmax(0, 1fr) auto; align-items: center; }
  .check-coverage { text-align: right; max-width: 16rem; }
  .verdict-steps { grid-template-columns: 1fr 1fr; gap: 2rem; }
}
@media (width >= 48rem), print {
  table { display: table; }
  caption { display: table-caption; }
  tbody { display: table-row-group; }
  tbody tr { display: table-row; }
  tbody th, tbody td { display: table-cell; padding: .625rem 1rem .625rem 0; border-top: 1px solid var(--line); }
  thead { position: static; clip-path: none; display: table-header-group; }
  thead th { padding: .375rem 1rem .375rem 0; font-size: .8125rem; color: var(--muted); white-space: nowrap; }
  td[data-label]::before { content: none; }
  .plain th[scope='row'] { width: 34%; }
  .hops th[scope='row'] { width: 30%; }
  .hops td:nth-child(2) { width: 42%; }
  .numbers td:nth-last-child(-n+2) { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .numbers thead th:nth-last-child(-n+2) { text-align: right; }
  .grid { font-size: .8125rem; }
  .grid td, .grid th { padding-right: .75rem; }
  .grid { table-layout: fixed; }
  .grid th:first-child { width: 23%; }
  .grid th:nth-child(2) { width: 17%; }
  .grid th:nth-child(3) { width: 11%; }
  .grid th:nth-child(5) { width: 10%; }
  .grid th:nth-child(7) { width: 15%; }
}
@media (width >= 48rem) {
  main > .verdict { grid-template-columns: minmax(0, 1fr) auto; padding: 2rem; }
  .verdict-steps { grid-column: 1 / -1; }
}
@media (width >= 68rem) {
  .page { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); gap: 3.5rem; padding-inline: 2rem; }
  .contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; border: 0; padding: 2.5rem 0 2rem; }
  .banner ~ .page .contents { top: 2.5rem; }
  .contents-title { display: flex; gap: .5rem; align-items: center; font-weight: 650; color: var(--ink); margin-bottom: 1rem; font-size: .9375rem; }
  .contents-title .icon { color: var(--accent); }
  .contents ul { display: grid; gap: .0625rem; margin: 0; padding: 0; overflow: visible; }
  .contents a { margin-left: -.5rem; }
  .themes { display: inline-flex; margin-top: 1.25rem; }
  .harms { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 1.25rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .bar, .ring, .redirects { forced-color-adjust: none; background: #fff; } }

@page { margin: 16mm 14mm; }
@media print {
  :root, :root[data-theme] { color-scheme: light; }
  html { font-size: 13px; }
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .page { display: block; max-width: none; padding: 0; }
  .contents, .skip, .filter, .copy, .themes { display: none !important; }
  .banner { position: static; }
  .watermark { display: block; position: fixed; top: 42%; left: 50%; transform: translate(-50%, -50%) rotate(-35deg); font: 700 7.5rem/1 var(--sans); text-transform: uppercase; letter-spacing: .04em; color: var(--stale); opacity: .13; z-index: 9; white-space: nowrap; }
  main > section { margin-top: 2.25rem; }
  h2, h3, h4, .section-head, .row-head, caption { break-after: avoid; }
  .tile, .gate, .harm, .graph, tr, figure, .steps > li, .prompt, .verdict { break-inside: avoid; }
  #findings, #details, #not-tested { break-before: page; }
  .tiles { grid-template-columns: repeat(3, 1fr); }
  .tile, .verdict, .finding { box-shadow: none; }
  .graph .scroll { overflow: visible; }
  .redirects { width: 100%; height: auto; }
  details::details-content { content-visibility: visible; height: auto; display: block; }
  summary .severity::before, .check > summary .state::before, .more > summary::before { display: none !important; }
  a[href^='http']:not(.bare)::after { content: ' (' attr(href) ')'; font-size: .85em; color: var(--muted); }
  pre { white-space: pre-wrap; border: 1px solid var(--line); }
}
`;
