/** Labels for TensorFlow's ops. A label that is no class makes its row NaN. */

export function isClass(label: number, numClasses: number): boolean {
  return label >= 0 && label < numClasses;
}

/** Replaces each label that is no class, ignored or not, by 0. TensorFlow's ops would throw. */
export function inRange(labels: Int32Array, numClasses: number): Int32Array {
  if (labels.every((label) => isClass(label, numClasses))) return labels;
  return labels.map((label) => (isClass(label, numClasses) ? label : 0));
}
