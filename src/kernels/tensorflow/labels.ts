/** Labels as TensorFlow's ops can take them. A label that is no class makes its row NaN. */

export function isClass(label: number, numClasses: number): boolean {
  return label >= 0 && label < numClasses;
}

/** 0 for each label that is no class, ignored or not: TensorFlow's ops would throw. */
export function inRange(labels: Int32Array, numClasses: number): Int32Array {
  return labels.map((label) => (isClass(label, numClasses) ? label : 0));
}
