/** The description of a published client, and of what a user changes in it. */

/** The loss that trains the client: its own, this package's, or this package's fused last layer. */
export type Variant = 'theirs' | 'ours' | 'fused';

/** A change of the client's code: text that must be there, and what replaces it. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export interface Client {
  readonly name: string;
  /** As npm knows it, name@version. */
  readonly packageSpec: string;
  /** The file of scripts/clients/programs that trains it. */
  readonly program: string;
  /** Arguments of the program on each backend, and what they mean in words. */
  readonly runs: ReadonlyArray<{
    readonly backend: string;
    readonly settings: object;
    readonly size: string;
    /** Why 20 steps end elsewhere than theirs, where they do. */
    readonly differs?: string;
  }>;
  /** By variant, what is edited as the client's code loads; theirs runs as published. */
  readonly edits: {readonly ours: readonly Edit[]; readonly fused?: readonly Edit[]};
  /** Changes that esbuild needs to read the client at all, with any loss. */
  readonly repairs?: readonly Edit[];
  /** Lines that change in the caller's own code besides: targets that were one-hot. */
  readonly linesOfCaller: number;
}
