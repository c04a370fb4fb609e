/** Where the gateway writes the name that the owner gave the box. */
const findMark = () => document.querySelector<HTMLMetaElement>('meta[name="application-name"]');

/** What this browser calls the page: the box's name, or the product's while nobody has named it. */
export const appName = (): string => findMark()?.content || 'Shoebox';

/** The box has a new name: for this visit, as the next one brings it along. */
export function renameApp(name: string): void {
  const mark = findMark();
  if (mark) mark.content = name;
}

/** Calls the browser's window after what is shown, and after the box. */
export function nameWindow(title?: string): void {
  document.title = title === undefined ? appName() : `${title} · ${appName()}`;
}
