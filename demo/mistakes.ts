/** Pictures that the network reads wrongly now, each with its digit and the digit that was read. */
import type {Pictures} from './digits';
import {captioned, picture} from './picture';

const MOST = 12;

export class Mistakes {
  /** Those shown, by picture: they change little from step to step. */
  private shown = new Map<number, {figure: HTMLElement; caption: HTMLElement}>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly count: HTMLElement,
    private readonly pictures: Pictures,
  ) {}

  /** `predicted` for every image. */
  show(predicted: ArrayLike<number>): void {
    const {digits} = this.pictures;
    const wrong = Array.from(predicted, (_, i) => i).filter((i) => predicted[i] !== digits[i]);
    const some = wrong.length > MOST ? ` Here are ${MOST} of them.` : '';
    this.count.textContent = `${wrong.length} of ${predicted.length} are read wrongly now.${some}`;
    const shown = new Map(
      wrong.slice(0, MOST).map((i) => [i, this.shown.get(i) ?? this.figureOf(i)]),
    );
    for (const [i, {caption}] of shown) {
      caption.textContent = `${digits[i]} as ${predicted[i]}`;
    }
    this.parent.replaceChildren(...Array.from(shown.values(), ({figure}) => figure));
    this.shown = shown;
  }

  private figureOf(i: number) {
    const {pixels, digits} = this.pictures;
    return captioned(picture(pixels, i, `A handwritten ${digits[i]}`));
  }
}
