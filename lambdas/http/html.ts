const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text where HTML has text, or the value of an attribute in quotes. */
export const inHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** How the stack's own pages look: as the dashboard that they lead to. */
export const STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#fff, #161d26); --ink: light-dark(#0f141a, #dedee3); --soft: light-dark(#656871, #a4a4ad); --line: light-dark(#c6c6cd, #424650); --field: light-dark(#8c8c94, #656871); --accent: light-dark(#006ce0, #42b4ff); --on-accent: light-dark(#fff, #161d26); --bad: light-dark(#db0000, #ff7a7a); }
* { box-sizing: border-box; }
body { font: 14px/1.5 'Open Sans', 'Helvetica Neue', Roboto, Arial, sans-serif; color: var(--ink); background: var(--ground); max-width: 28rem; margin: 10vh auto 4rem; padding: 0 1.25rem; }
main { border: 1px solid var(--line); border-radius: 16px; padding: 1.25rem 1.5rem 1.5rem; }
body.wide { max-width: 44rem; margin-top: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
[hidden] { display: none; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 700; }
input { font: inherit; color: inherit; width: 100%; padding: .4rem .75rem; border: 1px solid var(--field); border-radius: 8px; background: var(--ground); }
input[aria-invalid] { border-color: var(--bad); border-left-width: 6px; }
.note { font-size: .75rem; color: var(--soft); margin: .25rem 0 0; }
.error, #message { color: var(--bad); margin: .25rem 0 0; min-height: 0; }
button, .button { font: inherit; font-weight: 700; display: inline-block; margin-top: 1.25rem; padding: .3rem 1.25rem; border: 2px solid var(--accent); border-radius: 20px; background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer; }
button.plain, .button.plain { background: none; color: var(--accent); }
button:disabled { opacity: .5; cursor: progress; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
dt { font-weight: 700; margin-top: .75rem; } dd { margin: 0; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
nav { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); display: flex; gap: 1.25rem; flex-wrap: wrap; }
button + button, button + .button { margin-left: .5rem; }
article { border-top: 1px solid var(--line); padding: .5rem 0; }
article h2 { font-size: 1.1rem; margin: .5rem 0 0; } article p { margin: 0; color: var(--soft); } pre { white-space: pre-wrap; font-size: 1.1rem; }
`;
