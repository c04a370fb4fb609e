/** Colours for tags, told apart on light and dark paper; their names are `text.tags.colors`. */
export const TAG_COLORS = {
  terracotta: '#c8643a',
  yellow: '#d6a21e',
  green: '#5f9950',
  teal: '#3f9a94',
  blue: '#4a7fc1',
  violet: '#8a6cc4',
  pink: '#c96a98',
  grey: '#8b8580',
} as const;

export type TagColor = keyof typeof TAG_COLORS;
