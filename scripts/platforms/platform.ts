/** The description of a runtime or a tool, and how it runs the program. */

export interface Platform {
  readonly name: string;
  /** npm installs these beside tf.js and this package. The version of the first is told. */
  readonly packages: readonly string[];
  /** The kind of modules that the program is written as. */
  readonly modules: 'esm' | 'cjs';
  /** Beside watch.js, check.js and print.js. */
  readonly files: {readonly [path: string]: string};
  /** A shell command in the folder of the platform. */
  readonly command: string;
  /** The folder of the page that the command makes; without one, the command prints the answer. */
  readonly page?: string;
  /** More that a user of it has to do, or what tf.js itself cannot do there. */
  readonly note?: string;
}
