/** Amounts of one kind beside each other: a name, a bar, and the amount in words. */
export interface Bar {
  readonly name: string;
  readonly amount: number;
  readonly text: string;
}

/** Fills a <dl>; the longest bar is the largest amount. */
export function showBars(list: HTMLDListElement, bars: readonly Bar[]): void {
  const largest = Math.max(...bars.map(({amount}) => amount));
  list.replaceChildren(
    ...bars.map(({name, amount, text}) => {
      const [group, term, detail] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
      term.textContent = name;
      detail.textContent = text;
      detail.style.setProperty('--share', `${amount / largest}`);
      group.append(term, detail);
      return group;
    }),
  );
}
