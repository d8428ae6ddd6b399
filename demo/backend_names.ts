/** The backends that a page may offer, best first, and what runs them. */
const runsOn: {readonly [backendName: string]: string} = {
  webgpu: 'graphics card',
  webgl: 'graphics card',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** Best first. */
export const backendNames: readonly string[] = Object.keys(runsOn);

/** A backend that starts in this browser. */
export interface Offer {
  readonly name: string;
  /** The program that imitates a graphics card, far slower than wasm. */
  readonly software?: string;
}

/**
 * Fills a <select> whose value is the first offer, and says why beside it. The reader may choose.
 */
export function offerBackends(select: HTMLSelectElement, why: Element, offers: readonly Offer[]) {
  select.replaceChildren(
    ...offers.map(({name, software}) => {
      const what = software === undefined ? runsOn[name] : `${software}, no graphics card`;
      return new Option(`${name}: ${what}`, name);
    }),
  );
  why.textContent = reasonFor(offers);
  select.addEventListener('change', () => (why.textContent = 'Your choice.'));
}

function reasonFor([best, ...others]: readonly Offer[]): string {
  if (runsOn[best.name] === runsOn.webgpu) return 'Chosen because it uses your graphics card.';
  const [software] = others.flatMap(({software}) => software ?? []);
  return software === undefined
    ? 'Chosen because this browser offers no graphics card.'
    : `Chosen because this browser has no graphics card: ${software} only imitates one, slowly.`;
}
