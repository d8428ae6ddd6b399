/** By which a backend's description (test/backends/) makes its exceptions. */
export type ContestantName =
  | 'ours'
  | 'ours, ignoreClass'
  | 'ours, labelSmoothing'
  | 'ours, unreduced'
  | 'ours, unreduced, ignoreClass'
  | 'ours, unreduced, labelSmoothing'
  | '(n) tf.neg'
  | '(a) tf.losses'
  | '(b) tf.layers'
  | '(c) tf.logSoftmax'
  | '(d1) expert, indexed'
  | '(d2) expert, one-hot'
  | '(d3) expert, softmax'
  | '(d4) expert, softmax, one-hot'
  | '(e) nanogpt'
  | 'the native op, bare';
