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
