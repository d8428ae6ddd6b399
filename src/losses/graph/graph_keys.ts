/** The collections that this package knows: `tf.compat.v1.GraphKeys`. */
export const GraphKeys = {
  /**
   * Where weighted losses go by default.
   */
  LOSSES: 'losses',
  /**
   * What `getTotalLoss` adds to them.
   */
  REGULARIZATION_LOSSES: 'regularization_losses',
} as const;
