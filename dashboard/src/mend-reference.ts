/**
 * Gives the reference's markup what it lacks for those who do not see it: names of buttons, roles, and a way into what
 * scrolls. The library draws as a person reads, so each change of the page is looked over.
 */
export function mendReference(root: Element): void {
  const observer = new MutationObserver(() => mend(root));
  const options = { childList: true, subtree: true, attributeFilter: ['aria-selected', 'role'] };
  observer.observe(root, options);
  mend(root);
}

const NAMES: readonly (readonly [selector: string, name: string])[] = [
  ['button[role=search]', 'Search'],
  ['button.scalar-code-copy', 'Copy'],
  ['button[aria-haspopup]', 'More'],
  ['button[aria-expanded]', 'Show more'],
];

/** Text that nobody sees is no name. */
const isNamed = (button: HTMLElement): boolean =>
  button.innerText.trim() !== '' || button.hasAttribute('aria-label') || button.hasAttribute('title');

function mend(root: Element): void {
  for (const [selector, name] of NAMES) {
    for (const button of root.querySelectorAll<HTMLElement>(selector))
      if (!isNamed(button)) button.setAttribute('aria-label', name);
  }
  for (const button of root.querySelectorAll('button[role=search]')) button.removeAttribute('role');
  // What is selected is said of tabs; of a link in a list, that it is the current one.
  for (const button of root.querySelectorAll('button[aria-selected]:not([role])')) {
    if (button.getAttribute('aria-selected') === 'true') button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
    button.removeAttribute('aria-selected');
  }
  for (const tab of root.querySelectorAll('[role=tablist] button:not([role=tab])')) {
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', 'false');
  }
  for (const list of root.querySelectorAll('ul.endpoints:not([tabindex])')) list.setAttribute('tabindex', '0');
}
