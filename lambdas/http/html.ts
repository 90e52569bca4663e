const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text where HTML has text, or the value of an attribute in quotes. */
export const inHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** How the stack's own pages look. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8886; --accent: light-dark(#0b5cad, #7db9f5); --on-accent: light-dark(#fff, #06121f); --bad: light-dark(#b3261e, #ffb4ab); }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto 4rem; padding: 0 1.25rem; }
body.wide { max-width: 44rem; margin-top: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1.25rem; }
[hidden] { display: none; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, select { font: inherit; width: 100%; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: .4rem; background: Field; color: FieldText; }
input[aria-invalid] { border-color: var(--bad); }
.note { font-size: .875rem; opacity: .75; margin: .25rem 0 0; }
.error, #message { color: var(--bad); font-size: .95rem; margin: .25rem 0 0; min-height: 0; }
button, .button { font: inherit; font-weight: 600; display: inline-block; margin-top: 1.25rem; padding: .6rem 1.1rem; border: 1px solid var(--accent); border-radius: .4rem; background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer; }
button.plain, .button.plain { background: none; color: var(--accent); }
button:disabled { opacity: .5; cursor: progress; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dt { font-weight: 600; margin-top: .75rem; } dd { margin: 0; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
nav { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); display: flex; gap: 1.25rem; flex-wrap: wrap; }
button + button, button + .button { margin-left: .5rem; }
#list { margin-top: 2rem; }
article { border-top: 1px solid var(--line); padding: .5rem 0; }
article h2 { font-size: 1.1rem; margin: .5rem 0 0; } article p { margin: 0; opacity: .7; } pre { white-space: pre-wrap; font-size: 1.1rem; }
`;
