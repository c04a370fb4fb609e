/** Addresses of the stylesheets that come with screens, by the name of the file that is loaded; written by build.ts. */
function readStyles(): Record<string, string> {
  return JSON.parse(document.getElementById('page')?.dataset['styles'] ?? '{}') as Record<string, string>;
}

const loaded = new Map<string, Promise<void>>();

/** Resolves when the stylesheet of a screen is in force, at once when it has none. Rejects with a TypeError. */
export function loadStyle(name: string): Promise<void> {
  const before = loaded.get(name);
  if (before) return before;
  const href = readStyles()[name];
  if (!href) return Promise.resolve();
  const loading = new Promise<void>((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => {
      loaded.delete(name);
      link.remove();
      reject(new TypeError(`the style of ${name} did not arrive`));
    };
    document.head.append(link);
  });
  loaded.set(name, loading);
  return loading;
}
