// The npm package multicast-dns 7.2.5 ships no types; these are of what is used here.
declare module 'multicast-dns' {
  import type { EventEmitter } from 'node:events';

  interface Answer {
    name: string;
    type: string;
    data?: unknown;
  }

  interface Packet {
    answers: Answer[];
    additionals: Answer[];
  }

  interface Options {
    /** Default 5353 (RFC 6762). */
    port?: number;
  }

  interface MulticastDns extends EventEmitter {
    on(event: 'response', heard: (packet: Packet) => void): this;
    on(event: 'error' | 'warning', heard: (error: NodeJS.ErrnoException) => void): this;
    on(event: 'ready', heard: () => void): this;
    query(questions: { name: string; type: string }[], sent?: (error?: Error | null) => void): void;
    destroy(closed?: () => void): void;
  }

  function multicastDns(options?: Options): MulticastDns;
  export = multicastDns;
}
