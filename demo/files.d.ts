/** esbuild's `binary` loader gives bytes. */
declare module '*.gz' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** Its `text` loader gives a string. */
declare module '*.txt' {
  const text: string;
  export default text;
}
declare module '*.wasm' {
  const path: string;
  export default path;
}

/** The build replaces the text by the figures that recorded.ts finds in it. */
declare module '*/benchmarks.md' {
  // An import statement would make the patterns above augmentations.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  const recorded: import('./recorded').Recorded;
  export default recorded;
}
