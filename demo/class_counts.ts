/**
 * The numbers of a list such as '10, 100, 1000'.
 *
 * @throws Error that says what is wrong, for the reader of the page, if a part is not a whole
 *     number of 2 or more. With a comma inside, '1,000' could mean one number or two: it is refused
 *     too.
 */
export function parseClassCounts(list: string): number[] {
  const [grouped] = list.match(/(?<![\d,])\d{1,3}(,\d{3})+(?![\d,])/) ?? [];
  if (grouped !== undefined) {
    const [one, several] = [grouped.replaceAll(',', ''), grouped.replaceAll(',', ', ')];
    throw new Error(`“${grouped}” could be one number or several: write ${one}, or ${several}.`);
  }
  return list.split(',').map((part) => {
    const text = part.trim();
    if (text === '') throw new Error('A number is missing. Write them as 10, 100, 1000.');
    if (!/^[1-9]\d*$/.test(text) || Number(text) < 2) {
      throw new Error(`“${text}” is not a number of classes: write a whole number of 2 or more.`);
    }
    return Number(text);
  });
}
