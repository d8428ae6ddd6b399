/** Pictures that the network reads wrongly now, each with what it is and what it was taken for. */
import type {Digits} from './digits';
import {captioned, picture} from './picture';

const MOST = 24;

export class Mistakes {
  private readonly digits: ArrayLike<number>;
  private readonly pixels: ArrayLike<number>;
  /** Those shown, by picture: they change little from step to step. */
  private shown = new Map<number, {figure: HTMLElement; caption: HTMLElement}>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly count: HTMLElement,
    {images, labels}: Digits,
  ) {
    this.digits = labels.dataSync();
    this.pixels = images.dataSync();
  }

  /** `predicted` for every image. */
  show(predicted: ArrayLike<number>): void {
    const wrong = Array.from(predicted, (_, i) => i).filter((i) => predicted[i] !== this.digits[i]);
    const some = wrong.length > MOST ? ` Here are ${MOST} of them.` : '';
    this.count.textContent = `${wrong.length} of ${predicted.length} are read wrongly now.${some}`;
    const shown = new Map(
      wrong.slice(0, MOST).map((i) => [i, this.shown.get(i) ?? this.figureOf(i)]),
    );
    for (const [i, {caption}] of shown) {
      caption.textContent = `${this.digits[i]}, read as ${predicted[i]}`;
    }
    this.parent.replaceChildren(...Array.from(shown.values(), ({figure}) => figure));
    this.shown = shown;
  }

  private figureOf(i: number) {
    return captioned(picture(this.pixels, i, `A handwritten ${this.digits[i]}`));
  }
}
