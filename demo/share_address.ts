import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';

const IMAGE = 'content="share.png"';

/** Sites that show a shared link need the address of its image in full. */
export async function writeShareAddress(folder: string, url: string): Promise<void> {
  const address = new URL('share.png', url.endsWith('/') ? url : `${url}/`);
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.html'));
  for (const page of pages.map((name) => path.join(folder, name))) {
    const html = await readFile(page, 'utf8');
    await writeFile(page, html.replace(IMAGE, `content="${address}"`));
  }
}
