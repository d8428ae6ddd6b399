const BACK_MS = 2000;

/** The button beside the install line copies it. */
export function offerInstallLine(): void {
  const line = document.querySelector('.install')!;
  const [code, button] = [line.querySelector('code')!, line.querySelector('button')!];
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = await copy(code);
    setTimeout(() => (button.textContent = label), BACK_MS);
  });
}

async function copy(code: HTMLElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(code.innerText);
    return 'Copied';
  } catch {
    // Only pages from https or from this machine may write to the clipboard.
    getSelection()!.selectAllChildren(code);
    return 'Selected';
  }
}
