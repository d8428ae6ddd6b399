/** A few pictures of digits, each with what the network takes it for. */
import type {Digits} from './digits';
import {captioned, picture} from './picture';

const COUNT = 12;

export class Samples {
  private readonly captions: HTMLElement[] = [];
  private readonly digits: ArrayLike<number>;

  constructor(parent: HTMLElement, {images, labels}: Digits) {
    this.digits = labels.dataSync();
    const pixels = images.dataSync();
    for (let i = 0; i < COUNT; i++) {
      const image = picture(pixels, i, `A handwritten ${this.digits[i]}`);
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
