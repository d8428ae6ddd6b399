/** The collections that this package knows: `tf.compat.v1.GraphKeys`. */
export const GraphKeys = {
  /**
   * The collection of weighted losses by default.
   */
  LOSSES: 'losses',
  /**
   * The collection that `getTotalLoss` adds to these.
   */
  REGULARIZATION_LOSSES: 'regularization_losses',
} as const;
