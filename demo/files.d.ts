/** What esbuild's `binary` loader makes of a file. */
declare module '*.gz' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** What its `text` loader makes of one. */
declare module '*.txt' {
  const text: string;
  export default text;
}
declare module '*.wasm' {
  const path: string;
  export default path;
}

/** What recorded.ts finds there, when the pages are built. */
declare module '*/benchmarks.md' {
  // An import statement would make the patterns above augmentations.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  const recorded: import('./recorded').Recorded;
  export default recorded;
}
