/** The backends that a page may offer, best first, and what runs them. */
const runsOn: {readonly [backendName: string]: string} = {
  webgpu: 'graphics card',
  webgl: 'graphics card',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** Best first. */
export const backendNames: readonly string[] = Object.keys(runsOn);

/** Fills a <select>, and the reader chooses; its value is the first name. */
export function offerBackends(select: HTMLSelectElement, names: readonly string[]): void {
  select.replaceChildren(...names.map((name) => new Option(`${name}: ${runsOn[name]}`, name)));
}
