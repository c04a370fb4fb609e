/** Words without accents and capitals, which people leave out while typing. */
export function foldWords(words: string): string {
  return words
    .trim()
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLocaleLowerCase();
}
