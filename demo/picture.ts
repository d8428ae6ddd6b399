/** A digit as an SVG, its ink in the colour of the text so that it suits light and dark. */
const SIDE = 8;

/** The pixels of picture `index` among `pixels`, those of all pictures. */
export function picture(pixels: ArrayLike<number>, index: number, label: string): SVGElement {
  const svg = svgElement('svg', {viewBox: `0 0 ${SIDE} ${SIDE}`, role: 'img', 'aria-label': label});
  for (let i = 0; i < SIDE * SIDE; i++) {
    const place = {x: i % SIDE, y: Math.floor(i / SIDE), width: 1, height: 1};
    svg.append(svgElement('rect', {...place, 'fill-opacity': pixels[index * SIDE * SIDE + i]}));
  }
  return svg;
}

/** A picture with a line of text under it. */
export function captioned(image: SVGElement): {figure: HTMLElement; caption: HTMLElement} {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  figure.append(image, caption);
  return {figure, caption};
}

function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}
