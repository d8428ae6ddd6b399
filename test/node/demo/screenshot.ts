import type {Tab} from './tab';

const FOLDER = '.cache/screenshots';
export const VIEWPORTS = {phone: {width: 390, height: 844}, desktop: {width: 1280, height: 900}};

/** On a desktop and on a phone, where nothing may be wider than the screen; light and dark. */
export async function screenshot({page}: Tab, name: string): Promise<void> {
  const nextFrame = () => page.evaluate(() => new Promise(requestAnimationFrame));
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    await nextFrame();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).withContext(`${name} on a ${device}`).toBe(viewport.width);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({colorScheme});
      await nextFrame();
      const path = `${FOLDER}/${name}-${device}-${colorScheme}.png`;
      await page.screenshot({path, fullPage: true});
    }
  }
}
