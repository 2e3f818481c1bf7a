/** The style of the page. Colour never says more than a word beside it; print shows everything unfolded. */
export const htmlStyle: string = `
:root { color-scheme: light dark; --paper: #f4f5f7; --card: #fff; --ink: #18202c; --soft: #5a6675; --line: #dde1e7; --faint: #eef0f3; --accent: #1f5fae;
  --corroborated: #0b6b45; --confirmed: #1f7f58; --probable: #1f5fae; --ambiguous: #9a5b00; --organization: #6d4a9c; --unknown: #5a6675; --bad: #b3261e; --mark: #fff6da; }
@media (prefers-color-scheme: dark) { :root { --paper: #10151c; --card: #18202a; --ink: #e5e9ef; --soft: #9aa7b6; --line: #2b3542; --faint: #202934; --accent: #7db3f5;
  --corroborated: #5fd0a0; --confirmed: #7ccfa9; --probable: #7db3f5; --ambiguous: #e9b35c; --organization: #c0a1ea; --unknown: #9aa7b6; --bad: #ff8a80; --mark: #3a3320; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.page { max-width: 1680px; margin: 0 auto; padding: 28px 28px 48px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 17px; margin: 0 0 12px; }
h3 { font-size: 13px; margin: 0 0 6px; color: var(--soft); font-weight: 600; }
.lead { color: var(--soft); margin: 6px 0 20px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 0 0 16px; padding: 0; }
.tiles div, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tiles div { padding: 14px 16px; display: flex; flex-direction: column-reverse; }
.tiles dt { color: var(--soft); font-size: 13px; }
.tiles dd { margin: 0; font-size: 28px; font-weight: 650; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tiles .warn dd { color: var(--ambiguous); } .tiles .bad dd { color: var(--bad); }
.card { padding: 18px 20px; margin: 0 0 16px; }
.sure { display: block; height: 12px; width: 100%; border-radius: 6px; overflow: hidden; }
.sure rect { stroke: var(--card); stroke-width: .3; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 22px; list-style: none; margin: 12px 0 0; padding: 0; font-size: 13px; color: var(--soft); }
.legend b { color: var(--ink); font-variant-numeric: tabular-nums; }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 6px; }
.corroborated { --tone: var(--corroborated); } .confirmed { --tone: var(--confirmed); } .probable { --tone: var(--probable); }
.ambiguous { --tone: var(--ambiguous); } .organization { --tone: var(--organization); } .unknown { --tone: var(--unknown); }
.legend i { background: var(--tone); } .sure rect { fill: var(--tone); }
.scroll { overflow-x: auto; }
.timeline { display: block; width: 100%; min-width: 760px; max-width: 1250px; height: auto; font: 12.5px system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
.timeline text { fill: var(--ink); direction: ltr; unicode-bidi: isolate; } .timeline .total { fill: var(--soft); } .timeline .date { fill: var(--soft); font-size: 11px; }
.timeline .grid { stroke: var(--line); } .timeline .axis { stroke: var(--soft); } .timeline .weekend { fill: var(--faint); }
.dot.named { fill: var(--probable); } .dot.ambiguous { fill: var(--ambiguous); } .dot.nobody { fill: none; stroke: var(--unknown); stroke-width: 1.6; }
.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 10px; align-items: center; padding: 10px 0; background: var(--paper); }
.tools[hidden] { display: none; }
.tools input, .tools select, .tools button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; }
.tools input { flex: 1 1 260px; min-width: 0; } .tools output { color: var(--soft); font-size: 14px; margin-left: auto; }
.tools button, .head button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.list { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
.head, .entry > summary { display: grid; gap: 0 14px; padding: 9px 16px 9px 34px;
  grid-template-columns: 92px minmax(120px, 1.3fr) minmax(150px, 1.6fr) minmax(110px, 1.2fr) minmax(110px, 1.1fr) minmax(110px, 1.1fr) 72px 112px; }
.head { border-bottom: 1px solid var(--line); background: var(--faint); font-size: 13px; }
.head > * { font: inherit; font-weight: 600; color: var(--soft); text-align: left; background: none; border: 0; padding: 0; min-width: 0; }
.head button[aria-pressed=true] { color: var(--ink); } .head button[data-order=up]::after { content: " \\25B2"; } .head button[data-order=down]::after { content: " \\25BC"; }
.entry { border-left: 4px solid var(--tone); content-visibility: auto; contain-intrinsic-size: auto 52px; }
.entry + .entry { border-top: 1px solid var(--line); }
.entry > summary { cursor: pointer; list-style: none; position: relative; padding-left: 30px; }
.entry > summary::-webkit-details-marker { display: none; }
.entry > summary::before { content: ""; position: absolute; left: 12px; top: 16px; width: 6px; height: 6px; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
.entry[open] > summary::before { transform: rotate(45deg); }
.entry > summary:hover, .entry[open] > summary { background: var(--faint); }
.entry > summary:focus-visible { outline-offset: -2px; }
.cell { min-width: 0; overflow: hidden; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; font-size: 14px; }
.when { font-variant-numeric: tabular-nums; } .when span { color: var(--soft); display: block; }
.operator { font-weight: 600; } .entry:not(.named) .operator { font-weight: 400; color: var(--tone); }
.verb { color: var(--soft); } .from, .to { color: var(--soft); }
.bad .result, .bad .verb { color: var(--bad); font-weight: 600; }
.badge { display: inline-block; padding: 0 8px; border-radius: 9px; border: 1px solid var(--tone); color: var(--tone); font-size: 12.5px; line-height: 18px; white-space: nowrap; }
.flag, .level { display: inline-block; padding: 0 8px; border-radius: 9px; border: 1px solid currentColor; font-size: 12.5px; line-height: 18px; font-weight: 600; color: var(--soft); }
.flag.critical, .flag.high, .level.critical, .level.high { color: var(--bad); } .flag.medium, .level.medium { color: var(--ambiguous); }
.alerts ul { margin: 0; padding: 0; list-style: none; } .alerts li { margin: 0 0 6px; } .said { color: var(--soft); display: block; overflow-wrap: anywhere; }
.body { display: grid; grid-template-columns: minmax(260px, 1fr) minmax(320px, 2fr); gap: 18px 32px; padding: 14px 20px 22px 30px; border-top: 1px solid var(--line); font-size: 14px; }
.body section { min-width: 0; } .gaps { grid-column: 1 / -1; background: var(--mark); border-radius: 8px; padding: 12px 16px; }
.body dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; margin: 0; align-content: start; grid-row: span 1; }
.body dt { color: var(--soft); } .body dd { margin: 0; min-width: 0; overflow-wrap: anywhere; } .body dd ul, .gaps ul, .missing ul { margin: 0; padding-left: 18px; }
.evidence, .items { margin: 0 0 14px; padding-left: 22px; } .evidence li, .items li, .gaps li, .missing li { margin: 0 0 8px; overflow-wrap: anywhere; }
.evidence p { margin: 2px 0; } .evidence .file, .evidence time, .of { color: var(--soft); font-size: 13px; } .of::before { content: " \\00A0 "; }
.source { font-weight: 600; } code, pre { font: 12.5px/1.45 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0 0; padding: 8px 10px; background: var(--faint); border-radius: 6px; } .gaps code, .missing code { color: var(--soft); }
.items summary { cursor: pointer; } .items .evidence { margin-top: 6px; }
.remedy { font-weight: 600; } .missing summary { cursor: pointer; font-weight: 650; font-size: 17px; } .missing ul { margin-top: 12px; } .missing b { font-variant-numeric: tabular-nums; }
.note { color: var(--soft); font-size: 13px; margin: 20px 0 0; } .empty { padding: 30px; text-align: center; color: var(--soft); }
@media (max-width: 1080px) {
  .page { padding: 18px 14px 36px; } .head { display: none; }
  .entry > summary { grid-template-columns: 1fr 1fr; gap: 6px 14px; } .cell { -webkit-line-clamp: 4; }
  .cell.operator, .cell.what { grid-column: 1 / -1; } .cell.when { order: -2; } .cell.confidence { order: -1; text-align: right; display: block; } .when span { display: inline; }
  .owner::before, .from::before, .to::before, .result::before { content: attr(data-title) " "; display: block; font-size: 12px; color: var(--soft); font-weight: 400; }
  .body { grid-template-columns: minmax(0, 1fr); } .body dl { grid-template-columns: minmax(0, 1fr); gap: 0; } .body dd { margin-bottom: 8px; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --faint: #f2f2f2; --mark: #f7f2e2; --accent: #1f5fae;
    --corroborated: #0b6b45; --confirmed: #1f7f58; --probable: #1f5fae; --ambiguous: #8a5200; --organization: #5d3d8c; --unknown: #444; --bad: #a01a13; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; } .page { max-width: none; padding: 0; } .tools { display: none; } .tiles div, .card, .list { border-radius: 0; }
  .head { display: grid; position: static; } .head button { appearance: none; } .list { overflow: visible; border-width: 1px 0; }
  .head, .entry > summary { grid-template-columns: 66pt 1.3fr 1.6fr 1.2fr 1.1fr 1.1fr 48pt 80pt; padding: 5pt 6pt 5pt 10pt; gap: 0 8pt; }
  .entry { content-visibility: visible; } .entry > summary { break-inside: avoid; break-after: avoid; grid-template-columns: 66pt 1.3fr 1.6fr 1.2fr 1.1fr 1.1fr 48pt 80pt; }
  .entry > summary::before { display: none; } .cell { display: block; font-size: 9pt; overflow: visible; } .cell.operator, .cell.what { grid-column: auto; } .cell.when, .cell.confidence { order: 0; text-align: left; }
  .owner::before, .from::before, .to::before, .result::before { content: none; }
  .body { grid-template-columns: 1fr 2fr; padding: 6pt 10pt 12pt; font-size: 9pt; border-top: 0; } .body dl { grid-template-columns: max-content 1fr; gap: 2pt 10pt; } .body dd { margin-bottom: 0; }
  .evidence li, .gaps li { break-inside: avoid; } .scroll { overflow: visible; } .timeline { min-width: 0; }
  .missing summary, .items summary { list-style: none; } details::details-content { content-visibility: visible; display: block; block-size: auto; }
}
`;
