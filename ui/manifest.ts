/** The manifest of the installable page. `icons` by side in px; `maskable` has room around the mark for any shape. */
export function buildManifest(
  icons: { path: string; sidePx: number; purpose: 'any' | 'maskable' }[],
): string {
  const manifest = {
    name: 'Shoebox',
    short_name: 'Shoebox',
    description: 'The photos of the family, at home.',
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#fbf7f1',
    theme_color: '#fbf7f1',
    icons: icons.map(({ path, sidePx, purpose }) => ({
      src: `/${path}`,
      sizes: `${sidePx}x${sidePx}`,
      type: 'image/png',
      purpose,
    })),
    share_target: {
      action: '/share-target',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'files', accept: ['image/*', 'video/*'] }] },
    },
  };
  return JSON.stringify(manifest);
}
