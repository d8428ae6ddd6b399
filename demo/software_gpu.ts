/**
 * Tells a graphics card from a program that imitates one: by its name, since timing would take
 * long.
 */
const IMITATIONS = /SwiftShader|llvmpipe|softpipe|Basic Render|software/i;

/** The types that tf.js brings are older. */
type Adapter = GPUAdapter & {
  readonly info?: {
    readonly isFallbackAdapter?: boolean;
    readonly architecture: string;
    readonly description: string;
  };
};

export async function webgpuAdapter(): Promise<Adapter | null> {
  return ((await navigator.gpu?.requestAdapter()) ?? null) as Adapter | null;
}

/** The program that draws for this backend, if there is one: as SwiftShader. */
export async function softwareOf(backendName: string): Promise<string | undefined> {
  if (backendName === 'webgpu') {
    const {isFallbackAdapter, architecture, description} = (await webgpuAdapter())?.info ?? {};
    const imitation = imitationIn(`${architecture} ${description}`);
    return imitation ?? (isFallbackAdapter === true ? 'a program' : undefined);
  }
  return backendName === 'webgl' ? imitationIn(webglRenderer()) : undefined;
}

function webglRenderer(): string {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const unmasked = gl?.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL;
  const renderer = `${gl?.getParameter(unmasked ?? gl.RENDERER)}`;
  // Browsers allow few contexts at a time.
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return renderer;
}

function imitationIn(renderer: string): string | undefined {
  const [found] = IMITATIONS.exec(renderer) ?? [];
  return found?.toLowerCase() === 'swiftshader' ? 'SwiftShader' : found;
}
