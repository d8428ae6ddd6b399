/** A few pictures of digits, each with the digit that the network reads. */
import type {Pictures} from './digits';
import {captioned, picture} from './picture';

const COUNT = 12;

export class Samples {
  private readonly captions: HTMLElement[] = [];
  private readonly digits: readonly number[];

  constructor(parent: HTMLElement, {pixels, digits}: Pictures) {
    this.digits = digits;
    for (let i = 0; i < COUNT; i++) {
      const image = picture(pixels, i, `A handwritten ${digits[i]}`);
      const {figure, caption} = captioned(image);
      parent.append(figure);
      this.captions.push(caption);
    }
  }

  /** `predicted` for every image; wrong ones are marked. */
  show(predicted: ArrayLike<number>): void {
    this.captions.forEach((caption, i) => {
      const isRight = predicted[i] === this.digits[i];
      caption.textContent = isRight ? `${predicted[i]}` : `${predicted[i]}?`;
      caption.classList.toggle('wrong', !isRight);
    });
  }
}
