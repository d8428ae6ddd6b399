/** A few pictures of digits, each with what the network takes it for. */
import type {Digits} from './digits';

const COUNT = 12;
const SIDE = 8;

export class Samples {
  private readonly captions: HTMLElement[] = [];
  private readonly digits: ArrayLike<number>;

  constructor(parent: HTMLElement, {images, labels}: Digits) {
    this.digits = labels.dataSync();
    const pixels = images.dataSync();
    for (let i = 0; i < COUNT; i++) {
      const figure = document.createElement('figure');
      const caption = document.createElement('figcaption');
      const image = pixels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
      figure.append(picture(image, `A handwritten ${this.digits[i]}`), caption);
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

/** Ink in the colour of the text, so that the picture suits light and dark. */
function picture(pixels: ArrayLike<number>, label: string): SVGElement {
  const svg = svgElement('svg', {viewBox: `0 0 ${SIDE} ${SIDE}`, role: 'img', 'aria-label': label});
  for (let i = 0; i < SIDE * SIDE; i++) {
    const place = {x: i % SIDE, y: Math.floor(i / SIDE), width: 1, height: 1};
    svg.append(svgElement('rect', {...place, 'fill-opacity': pixels[i]}));
  }
  return svg;
}

function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}
