import { createStore, type Store } from './store.ts';

/** A short message at the foot of the page that goes by itself. */
export interface Toast {
  key: number;
  words: string;
  tone: 'plain' | 'problem';
  /** One thing to do about it, most often taking it back. */
  action?: { words: string; run: () => void };
}

export interface Toasts {
  list: Store<readonly Toast[]>;
  /** The places where they can be drawn; only the last one does. What is above the page brings its own. */
  hosts: Store<readonly symbol[]>;
  show: (toast: { words: string; tone?: Toast['tone']; action?: Toast['action'] }) => void;
  dismiss: (key: number) => void;
}

/** More at once than anybody reads. */
const MAX_TOASTS = 3;

export function createToasts(): Toasts {
  const list = createStore<readonly Toast[]>([]);
  const hosts = createStore<readonly symbol[]>([]);
  let nextKey = 1;
  return {
    list,
    hosts,
    show: ({ words, tone = 'plain', action }) => {
      const toast: Toast = { key: nextKey++, words, tone, ...(action && { action }) };
      list.set([...list.get().filter((other) => other.words !== words), toast].slice(-MAX_TOASTS));
    },
    dismiss: (key) => list.set(list.get().filter((toast) => toast.key !== key)),
  };
}
