/**
 * The script of the page: sorting, filtering, unfolding. Without it the page is complete, only in order of time. It reads the page and changes order and
 * visibility of what is there; no text of the page ever becomes markup.
 */
export const htmlScript: string = `'use strict';
(() => {
  const list = document.querySelector('.list');
  const tools = document.querySelector('.tools');
  if (!list || !tools) return;
  const [text, sure, unfold, shown] = ['input', 'select', 'button', 'output'].map((name) => tools.querySelector(name));
  const entries = [...list.querySelectorAll(':scope > details')].map((element, at) => ({ element, at, start: element.dataset.start === '' ? Infinity : Number(element.dataset.start) }));
  const empty = list.querySelector('.empty');
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const fold = (value) => value.normalize('NFC').toLowerCase();
  const ranks = ['corroborated', 'confirmed', 'probable', 'ambiguous', 'organisation', 'unknown'];
  tools.hidden = false;

  // The text of an entry is read when it is first needed: thousands of them are not read before the page shows.
  const textOf = (entry) => entry.text ??= fold(entry.element.textContent);
  const filter = () => {
    const words = fold(text.value).split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const entry of entries) {
      const { classList } = entry.element;
      const fits = sure.value === '' || (sure.value === 'named' ? classList.contains('named') : sure.value === 'nobody' ? !classList.contains('named') : classList.contains(sure.value));
      const hit = fits && words.every((word) => textOf(entry).includes(word));
      if (entry.element.hidden === hit) entry.element.hidden = !hit;
      if (hit) count += 1;
    }
    empty.hidden = count > 0;
    shown.value = count === entries.length ? entries.length + (count === 1 ? ' entry' : ' entries') : count + ' of ' + entries.length + ' entries';
  };
  let waiting;
  text.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  sure.addEventListener('change', filter);

  const heads = [...list.querySelectorAll('.head > *')].map((label, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label.textContent;
    button.setAttribute('aria-pressed', 'false');
    label.replaceWith(button);
    button.addEventListener('click', () => sort(column, button.dataset.order === 'up' ? 'down' : 'up'));
    return button;
  });
  const keyOf = (entry, column) => {
    const keys = entry.keys ??= [];
    return keys[column] ??= entry.element.firstElementChild.children[column].textContent;
  };
  const sort = (column, order) => {
    const name = heads[column].textContent;
    const compare = column === 0 ? (a, b) => a.start - b.start || 0
      : column === heads.length - 1 ? (a, b) => ranks.indexOf(keyOf(a, column)) - ranks.indexOf(keyOf(b, column))
      : (a, b) => collator.compare(keyOf(a, column), keyOf(b, column));
    const sign = order === 'up' ? 1 : -1;
    entries.sort((a, b) => sign * compare(a, b) || a.at - b.at);
    const all = document.createDocumentFragment();
    for (const { element } of entries) all.append(element);
    list.insertBefore(all, empty);
    for (const head of heads) { head.setAttribute('aria-pressed', String(head === heads[column])); delete head.dataset.order; }
    heads[column].dataset.order = order;
    heads[column].title = 'Sorted by ' + name + (order === 'up' ? ', ascending' : ', descending');
  };
  heads[0].setAttribute('aria-pressed', 'true');
  heads[0].dataset.order = 'up';

  let unfolded = false;
  unfold.addEventListener('click', () => {
    unfolded = !unfolded;
    for (const { element } of entries) if (!element.hidden) element.open = unfolded;
    unfold.textContent = unfolded ? 'Fold all' : 'Unfold all';
  });
  // Browsers that cannot unfold by style print what is open.
  let folded = [];
  addEventListener('beforeprint', () => { folded = [...document.querySelectorAll('details:not([open])')].filter((element) => !element.closest('[hidden]')); for (const element of folded) element.open = true; });
  addEventListener('afterprint', () => { for (const element of folded) element.open = false; folded = []; });
  filter();
})();
`;
